package dev.cooper.orchestrator.archive;

import dev.cooper.orchestrator.file.DurableFile;
import dev.cooper.orchestrator.file.FileSha256;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepArchive;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steps as Parquet under {@code archive/{run}/{step}} of the storage root. {@code manifest.json} is written last and
 * holds the SHA-256 of the other files: a step without it is not archived, whatever else is there. Thread-safe.
 */
public final class ParquetStepArchive implements StepArchive, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCORED = "scored.parquet";
    private static final String RECORDS = "records.parquet";
    private static final String MANIFEST = "manifest.json";

    private final Path root;
    private final TopicNames topics;
    private @Nullable StepTables tables;

    /** @param storageRoot folder shared by the installation; {@code archive} is made in it */
    public ParquetStepArchive(Path storageRoot, TopicNames topics) {
        this.root = storageRoot.resolve("archive");
        this.topics = topics;
    }

    @Override
    public synchronized void write(Run run, Step step, List<LogRecord> winners, List<LogRecord> pairs) {
        Path folder = folder(run.id(), step.number());
        if (Files.exists(folder.resolve(MANIFEST))) {
            return;
        }
        List<ArchivedGroup> groups = winners.stream()
                .map(record -> GroupContent.of(record, topics.name(record.topic())))
                .toList();
        try {
            Files.createDirectories(folder);
            Path scored = folder.resolve(SCORED + ".tmp");
            Path records = folder.resolve(RECORDS + ".tmp");
            tables().write(groups, winners, scored, records);
            ObjectNode manifest = manifest(run, step, groups);
            ObjectNode files = manifest.putObject("files");
            files.put(SCORED, FileSha256.of(scored));
            files.put(RECORDS, FileSha256.of(records));
            DurableFile.publish(scored, folder.resolve(SCORED));
            DurableFile.publish(records, folder.resolve(RECORDS));
            DurableFile.settle(folder);
            DurableFile.write(
                    folder.resolve(MANIFEST),
                    JSON.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n");
            DurableFile.settle(folder);
        } catch (IOException | SQLException e) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "step " + step.number() + " cannot be archived in " + folder + ": " + e.getMessage()
                            + "; see whether the disk is full and the folder writable, then resume the run",
                    e);
        }
    }

    private static ObjectNode manifest(Run run, Step step, List<ArchivedGroup> groups) {
        ObjectNode manifest = JSON.createObjectNode();
        manifest.put("run_id", run.id());
        manifest.put("step", step.number());
        manifest.set("policy_before", version(step.before()));
        step.after().ifPresent(after -> manifest.set("policy_after", version(after)));
        manifest.put("batch_sha256", step.batchSha256());
        ArrayNode records = manifest.putArray("records");
        for (ArchivedGroup group : groups) {
            ObjectNode record = records.addObject();
            record.put("slot", group.slot());
            record.put("topic", group.topic());
            record.put("partition", group.partition());
            record.put("offset", group.offset());
            record.put("sha256", group.sha256());
        }
        return manifest;
    }

    private static ObjectNode version(ModelRef version) {
        ObjectNode node = JSON.createObjectNode();
        node.put("number", version.getNumber());
        node.put("incarnation", version.getIncarnation());
        node.put("checksum", version.getChecksum());
        return node;
    }

    /**
     * The groups of a step in the order of their slots; empty while the step is not archived.
     *
     * @throws CooperException INTERNAL when the archive is there and cannot be read
     */
    public synchronized Optional<List<ArchivedGroup>> rollouts(String runId, long step) {
        Path folder = folder(runId, step);
        if (!Files.exists(folder.resolve(MANIFEST))) {
            return Optional.empty();
        }
        try {
            return Optional.of(tables().read(folder.resolve(SCORED)));
        } catch (SQLException e) {
            throw new CooperException(
                    FailureReason.INTERNAL, folder.resolve(SCORED) + " cannot be read: " + e.getMessage(), e);
        }
    }

    private Path folder(String runId, long step) {
        return root.resolve(runId).resolve(Long.toString(step)).toAbsolutePath();
    }

    private StepTables tables() throws SQLException {
        if (tables == null) {
            tables = new StepTables();
        }
        return tables;
    }

    @Override
    public synchronized void close() throws SQLException {
        if (tables != null) {
            tables.close();
            tables = null;
        }
    }
}
