package dev.cooper.orchestrator.archive;

import dev.cooper.orchestrator.file.DurableFile;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepArchive;
import dev.cooper.orchestrator.spec.RunSpecJson;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.RecordRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Steps as Parquet under {@code archive/{run}/{step}} of the storage root, and {@code archive/{run}/run.json} with the
 * run's specification. A step without its {@code manifest.json}, which is written last, is not archived. What is read
 * has been checked against the SHA-256 in it. Thread-safe.
 */
public final class ParquetStepArchive implements StepArchive, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String RUN = "run.json";

    private final Path root;
    private final TopicNames topics;
    private @Nullable ParquetFiles files;

    /** @param storageRoot folder shared by the installation; {@code archive} is made in it */
    public ParquetStepArchive(Path storageRoot, TopicNames topics) {
        this.root = storageRoot.resolve("archive").toAbsolutePath();
        this.topics = topics;
    }

    @Override
    public synchronized void write(Run run, Step step, List<LogRecord> groups, List<LogRecord> pairs) {
        StepFolder folder = folder(run.id(), step.number());
        if (folder.isWhole()) {
            return;
        }
        try {
            Files.createDirectories(folder.folder());
            writeRun(run);
            List<ArchivedGroup> scored = groups.stream()
                    .map(record -> ScoredRecord.read(record, topics.name(record.topic())))
                    .toList();
            List<String> names = new ArrayList<>(List.of(StepFolder.SCORED, StepFolder.RECORDS));
            ScoredTable.write(files(), folder.unfinished(StepFolder.SCORED), scored);
            RecordTable.write(
                    files(),
                    folder.unfinished(StepFolder.RECORDS),
                    topics,
                    Stream.concat(groups.stream(), pairs.stream()).toList());
            List<ArchivedPair> paired = paired(step, pairs, scored);
            if (!paired.isEmpty()) {
                names.add(StepFolder.PAIRS);
                PairTable.write(files(), folder.unfinished(StepFolder.PAIRS), paired);
            }
            folder.publish(ArchiveManifest.of(
                    run, step, groups(run, step, scored), pairs(run, step, paired), folder.sums(names)));
        } catch (IOException | SQLException e) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "step " + step.number() + " cannot be archived in " + folder.folder() + ": " + e.getMessage()
                            + "; see whether the disk is full and the folder writable, then resume the run",
                    e);
        }
    }

    /** What a replay without a database starts from. */
    private void writeRun(Run run) throws IOException {
        Path file = root.resolve(run.id()).resolve(RUN);
        if (Files.exists(file)) {
            return;
        }
        ObjectNode node = JSON.createObjectNode();
        node.put("run_id", run.id());
        node.put("policy_initial_checksum", run.initialChecksum());
        if (!run.rewardInitialChecksum().isEmpty()) {
            node.put("reward_initial_checksum", run.rewardInitialChecksum());
        }
        node.set("spec", RunSpecJson.write(run.spec()));
        DurableFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n");
    }

    private List<ArchivedPair> paired(Step step, List<LogRecord> pairs, List<ArchivedGroup> groups) {
        Map<Integer, String> none = step.reward().map(ModelUpdate::excluded).orElse(Map.of());
        return PairRecord.all(pairs, topics, groups, none);
    }

    private static Manifest groups(Run run, Step step, List<ArchivedGroup> groups) {
        Manifest.Builder manifest = manifest(run, step, ModelKind.POLICY);
        groups.forEach(group -> manifest.addRecords(reference(group.slot(), group.place())));
        return manifest.build();
    }

    private static Manifest pairs(Run run, Step step, List<ArchivedPair> pairs) {
        Manifest.Builder manifest = manifest(run, step, ModelKind.REWARD);
        for (ArchivedPair pair : pairs) {
            switch (pair) {
                case ArchivedPair.Made made -> manifest.addRecords(reference(made.slot(), made.place()));
                case ArchivedPair.None _ -> {}
            }
        }
        return manifest.build();
    }

    private static Manifest.Builder manifest(Run run, Step step, ModelKind kind) {
        return Manifest.newBuilder().setRunId(run.id()).setStep(step.number()).setKind(kind);
    }

    private static RecordRef reference(int slot, ArchivedPlace place) {
        return RecordRef.newBuilder()
                .setSlot(slot)
                .setTopic(place.topic())
                .setPartition(place.partition())
                .setOffset(place.offset())
                .setSha256(place.sha256())
                .build();
    }

    /**
     * The groups of a step in the order of their slots; empty while the step is not archived.
     *
     * @throws CooperException INTERNAL, naming the file, when the archive is there and damaged
     */
    public synchronized Optional<List<ArchivedGroup>> rollouts(String runId, long step) {
        return whole(runId, step)
                .map(folder -> read(folder, folder.manifest(), StepFolder.SCORED, ScoredTable::read)
                        .orElseGet(List::of));
    }

    /**
     * What came of each group when pairs were made, in the order of slots, none when the step makes no pairs; empty
     * while the step is not archived.
     *
     * @throws CooperException INTERNAL, naming the file, when the archive is there and damaged
     */
    public synchronized Optional<List<ArchivedPair>> pairs(String runId, long step) {
        return whole(runId, step)
                .map(folder -> read(folder, folder.manifest(), StepFolder.PAIRS, PairTable::read)
                        .orElseGet(List::of));
    }

    /**
     * All that it takes to train the step again; empty while the step is not archived.
     *
     * @throws CooperException INTERNAL, naming the file, when the archive is there and damaged
     */
    public synchronized Optional<ArchivedStep> step(String runId, long step) {
        return whole(runId, step).map(folder -> {
            ArchiveManifest manifest = folder.manifest();
            Map<String, LogRecord> records = read(folder, manifest, StepFolder.RECORDS, RecordTable::read)
                    .orElseGet(Map::of);
            return new ArchivedStep(
                    manifest.runId(),
                    manifest.step(),
                    update(folder, manifest.policy(), records),
                    manifest.reward().map(update -> update(folder, update, records)));
        });
    }

    private static ArchivedUpdate update(
            StepFolder folder, ArchiveManifest.Update update, Map<String, LogRecord> records) {
        List<LogRecord> own = new ArrayList<>();
        for (RecordRef ref : update.manifest().getRecordsList()) {
            LogRecord record = records.get(RecordTable.place(ref));
            if (record == null || !record.sha256().equals(ref.getSha256())) {
                throw StepFolder.damaged(
                        folder.folder().resolve(StepFolder.RECORDS),
                        "does not hold record " + RecordTable.place(ref) + " with SHA-256 " + ref.getSha256()
                                + ", which manifest.json names",
                        null);
            }
            own.add(record);
        }
        return new ArchivedUpdate(
                update.before(), update.after(), update.batchSha256(), update.manifest(), update.origin(), own);
    }

    private interface TableReader<T> {
        T read(ParquetFiles files, Path file) throws SQLException;
    }

    private <T> Optional<T> read(StepFolder folder, ArchiveManifest manifest, String name, TableReader<T> reader) {
        return folder.checked(manifest, name).map(file -> {
            try {
                return reader.read(files(), file);
            } catch (SQLException e) {
                throw StepFolder.damaged(file, "cannot be read: " + e.getMessage(), e);
            }
        });
    }

    private Optional<StepFolder> whole(String runId, long step) {
        return Optional.of(folder(runId, step)).filter(StepFolder::isWhole);
    }

    private StepFolder folder(String runId, long step) {
        return new StepFolder(root.resolve(runId).resolve(Long.toString(step)));
    }

    private ParquetFiles files() throws SQLException {
        if (files == null) {
            files = new ParquetFiles();
        }
        return files;
    }

    @Override
    public synchronized void close() throws SQLException {
        if (files != null) {
            files.close();
            files = null;
        }
    }
}
