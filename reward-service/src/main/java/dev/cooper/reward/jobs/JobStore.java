package dev.cooper.reward.jobs;

import dev.cooper.modelruntime.storage.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jobs on disk: a folder with a number for each, in it {@code job.json}, {@code spec.json} and the job's own
 * {@code work}.
 */
final class JobStore {

    private static final Logger log = LoggerFactory.getLogger(JobStore.class);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String JOB = "job.json";
    private static final String SPEC = "spec.json";

    private final Path root;

    JobStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    Path work(long id) {
        return root.resolve(Long.toString(id)).resolve("work");
    }

    /** The number after the highest that a folder has, readable or not. */
    long next() {
        return DurableFiles.numberedFolders(root).stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0)
                + 1;
    }

    /** All that can be read; one that is damaged is told of in the log, and stays as it is. */
    SortedMap<Long, JobView> load() {
        SortedMap<Long, JobView> jobs = new TreeMap<>();
        for (long id : DurableFiles.numberedFolders(root)) {
            read(id).ifPresent(job -> jobs.put(id, job));
        }
        return jobs;
    }

    private Optional<JobView> read(long id) {
        Path file = root.resolve(Long.toString(id)).resolve(JOB);
        try {
            return Optional.of(JSON.readValue(Files.readString(file), JobView.class));
        } catch (IOException | JacksonException e) {
            log.warn(
                    "job {} is passed over: {} cannot be read ({}); repair it or delete its folder",
                    id,
                    file,
                    e.getMessage());
            return Optional.empty();
        }
    }

    JsonNode spec(long id) {
        try {
            return JSON.readTree(
                    Files.readString(root.resolve(Long.toString(id)).resolve(SPEC)));
        } catch (IOException e) {
            throw new UncheckedIOException("the specification of job " + id + " cannot be read", e);
        }
    }

    void add(JobView job, JsonNode spec) {
        DurableFiles.writeFolder(root.resolve(Long.toString(job.id())), folder -> {
            Files.writeString(folder.resolve(SPEC), JSON.writeValueAsString(spec));
            Files.writeString(folder.resolve(JOB), JSON.writeValueAsString(job));
        });
    }

    void update(JobView job) {
        DurableFiles.writeText(root.resolve(Long.toString(job.id())).resolve(JOB), JSON.writeValueAsString(job));
    }
}
