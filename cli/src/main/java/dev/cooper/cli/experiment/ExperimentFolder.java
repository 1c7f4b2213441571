package dev.cooper.cli.experiment;

import dev.cooper.orchestrator.file.DurableFile;
import dev.cooper.orchestrator.file.FileTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an experiment is kept: {@code runs/RUN.json} for each run that has ended, {@code work/RUN/} with the platform
 * of a run under way, {@code models/RUN/} with what a run ended with, {@code evaluations/RUN/} with the samples of the
 * final evaluation, and {@code report/}. One process holds it at a time.
 */
public final class ExperimentFolder implements AutoCloseable {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path root;
    private final @Nullable FileChannel lock;

    private ExperimentFolder(Path root, @Nullable FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes the folder if need be and takes it.
     *
     * @throws FileSystemException if another process holds it
     */
    public static ExperimentFolder open(Path root) throws IOException {
        Path absolute = root.toAbsolutePath().normalize();
        Files.createDirectories(absolute.resolve("runs"));
        FileChannel channel = FileChannel.open(
                absolute.resolve("experiment.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new FileSystemException(
                    absolute.toString(), null, "is in use by another experiment; stop that one, or give another --out");
        }
        return new ExperimentFolder(absolute, channel);
    }

    /** Only looks at what is there, while another process may add to it. */
    public static ExperimentFolder look(Path root) {
        return new ExperimentFolder(root.toAbsolutePath().normalize(), null);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            // Held by this very JVM.
            return false;
        }
    }

    public Path report() {
        return root.resolve("report");
    }

    /** Platform and notes of a run under way. */
    Path work(PlannedRun run) {
        return root.resolve("work").resolve(run.id());
    }

    Path models(PlannedRun run) {
        return root.resolve("models").resolve(run.id());
    }

    Path evaluation(PlannedRun run, String draw) {
        return evaluations(run).resolve(draw);
    }

    private Path evaluations(PlannedRun run) {
        return root.resolve("evaluations").resolve(run.id());
    }

    void keep(PlannedRun run, RunRecord record) throws IOException {
        DurableFile.write(file(run), MAPPER.writeValueAsString(record));
    }

    /** Deletes all that there is of a run, its record last. */
    void forget(PlannedRun run) throws IOException {
        FileTree.delete(work(run));
        FileTree.delete(models(run));
        FileTree.delete(evaluations(run));
        Files.deleteIfExists(file(run));
    }

    Path recordFolder() {
        return root.resolve("runs");
    }

    private Path file(PlannedRun run) {
        return recordFolder().resolve(run.id() + ".json");
    }

    /**
     * What is kept of a run; empty if it has not ended.
     *
     * @throws FileSystemException if it is of another specification, or damaged
     */
    Optional<RunRecord> kept(PlannedRun run) throws IOException {
        Path file = file(run);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        RunRecord record = read(file);
        if (record.isUsable() && !record.specSha256().equals(run.sha256())) {
            throw new FileSystemException(
                    file.toString(),
                    null,
                    "is of another specification of " + run.id()
                            + "; give another --out, or delete it to run it again");
        }
        return Optional.of(record);
    }

    private static RunRecord read(Path file) throws IOException {
        try {
            return MAPPER.readValue(Files.readString(file), RunRecord.class);
        } catch (JacksonException e) {
            throw new FileSystemException(
                    file.toString(), null, "cannot be read: " + e.getOriginalMessage() + "; delete it to run it again");
        }
    }

    /** The records that there are of these runs, in the same order. */
    List<RunRecord> records(List<PlannedRun> plan) throws IOException {
        List<RunRecord> records = new ArrayList<>();
        for (PlannedRun run : plan) {
            kept(run).ifPresent(records::add);
        }
        return records;
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
