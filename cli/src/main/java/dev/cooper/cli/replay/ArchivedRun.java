package dev.cooper.cli.replay;

import dev.cooper.orchestrator.archive.ArchivedStep;
import dev.cooper.orchestrator.archive.ParquetStepArchive;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecJson;
import dev.cooper.platform.line.TopicNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the archive keeps of a run: its specification, the checksums that it began with, and its steps. */
final class ArchivedRun implements AutoCloseable {
    private final String runId;
    private final JsonNode described;
    private final List<Long> steps;
    private final ParquetStepArchive archive;

    private ArchivedRun(String runId, JsonNode described, List<Long> steps, ParquetStepArchive archive) {
        this.runId = runId;
        this.described = described;
        this.steps = steps;
        this.archive = archive;
    }

    /**
     * Opens the archive of a run.
     *
     * @param storage folder with {@code archive/{run}}
     * @throws NoSuchFileException if nothing of the run is archived there
     */
    static ArchivedRun open(Path storage, String runId) throws IOException {
        Path folder = storage.resolve("archive").resolve(runId);
        JsonNode described = JsonMapper.shared().readTree(Files.readString(folder.resolve("run.json")));
        // The prefix is of those who write.
        return new ArchivedRun(
                runId, described, steps(folder), new ParquetStepArchive(storage, new TopicNames("cooper")));
    }

    /** Those whose archive is whole; step 0 trains nothing. */
    private static List<Long> steps(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.exists(entry.resolve("manifest.json")))
                    .map(entry -> Long.parseLong(entry.getFileName().toString()))
                    .filter(step -> step > 0)
                    .sorted()
                    .toList();
        }
    }

    /** @throws IllegalArgumentException if a step between two others is missing */
    ArchivedRun requireEveryStep() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) != i + 1) {
                throw new IllegalArgumentException(
                        "the archive of run " + runId + " lacks step " + (i + 1) + " but has step " + steps.get(i)
                                + ": put it back from a backup; training again needs all steps");
            }
        }
        return this;
    }

    RunSpec spec() {
        return RunSpecJson.read(described.required("spec"));
    }

    /** Checksum of the initial policy. */
    String policyChecksum() {
        return described.required("policy_initial_checksum").stringValue();
    }

    /** Checksum of the initial reward model, of a run that has one. */
    String rewardChecksum() {
        return described.required("reward_initial_checksum").stringValue();
    }

    List<Long> steps() {
        return steps;
    }

    /** @throws dev.cooper.platform.failure.CooperException naming the file, when it is damaged */
    ArchivedStep step(long number) {
        return archive.step(runId, number).orElseThrow(() -> new IllegalStateException("step " + number + " is gone"));
    }

    @Override
    public void close() {
        try {
            archive.close();
        } catch (Exception e) {
            throw new IllegalStateException("the archive of run " + runId + " does not close", e);
        }
    }
}
