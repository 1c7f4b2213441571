package dev.cooper.cli.evaluation;

import dev.cooper.orchestrator.file.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where an evaluation is kept: {@code protocol.json}, a file of samples for each set, one line a problem, and
 * {@code results.json}. An evaluation that was stopped goes on from here.
 */
public final class EvaluationFolder {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final JsonMapper PRETTY =
            MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;

    /** What the samples of a folder were drawn by. */
    record Origin(String model, String checksum, Protocol protocol, List<SetOrigin> sets) {}

    /** A set by its bytes. */
    record SetOrigin(String name, String sha256) {}

    private EvaluationFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens or makes the folder.
     *
     * @throws FileSystemException if it holds an evaluation of another model, protocol or data
     */
    public static EvaluationFolder open(
            Path folder, Path model, String checksum, Protocol protocol, List<ProblemSet> sets) throws IOException {
        Origin origin = new Origin(
                model.toString(),
                checksum,
                protocol,
                sets.stream()
                        .map(set -> new SetOrigin(set.name(), set.sha256()))
                        .toList());
        Files.createDirectories(folder);
        Path file = folder.resolve("protocol.json");
        if (Files.exists(file)) {
            checkSame(file, read(file), origin);
        } else {
            DurableFile.write(file, PRETTY.writeValueAsString(origin));
        }
        return new EvaluationFolder(folder);
    }

    private static void checkSame(Path file, Origin there, Origin wanted) throws FileSystemException {
        if (!there.checksum().equals(wanted.checksum())) {
            throw other(file, "of another model, " + there.model());
        }
        if (!there.protocol().equals(wanted.protocol())) {
            throw other(file, "by another protocol, " + there.protocol());
        }
        if (!there.sets().equals(wanted.sets())) {
            throw other(file, "of other data, " + there.sets());
        }
    }

    private static FileSystemException other(Path file, String what) {
        return new FileSystemException(
                file.toString(), null, "is of an evaluation " + what + "; give another --out, or delete that folder");
    }

    private static Origin read(Path file) throws IOException {
        try {
            return MAPPER.readValue(Files.readString(file), Origin.class);
        } catch (JacksonException e) {
            throw new FileSystemException(
                    file.toString(), null, "cannot be read: " + e.getOriginalMessage() + "; give another --out");
        }
    }

    /** The problems of a set that are done. A line that was cut off by a crash is dropped. */
    List<JudgedProblem> done(ProblemSet set) throws IOException {
        Path file = samples(set);
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (whole.length() < text.length()) {
            DurableFile.write(file, whole);
        }
        List<JudgedProblem> done = new ArrayList<>();
        for (String line : whole.lines().toList()) {
            try {
                done.add(MAPPER.readValue(line, JudgedProblem.class));
            } catch (JacksonException e) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "line " + (done.size() + 1) + " is damaged: " + e.getOriginalMessage() + "; delete the line");
            }
        }
        return done;
    }

    void append(ProblemSet set, JudgedProblem problem) {
        try {
            Files.writeString(
                    samples(set),
                    MAPPER.writeValueAsString(problem) + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("Samples could not be kept in " + samples(set), e);
        }
    }

    /** Writes the figures, and tells where. */
    public Path writeResults(List<SetResult> results) throws IOException {
        Path file = folder.resolve("results.json");
        DurableFile.write(file, PRETTY.writeValueAsString(results));
        return file;
    }

    private Path samples(ProblemSet set) {
        return folder.resolve(set.name() + ".jsonl");
    }
}
