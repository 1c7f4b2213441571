package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/** A storage root, a log of one partition, and trainers on them that may come and go. */
final class TestingTrainers {

    static final String RUN = "run-1";

    final Path root;
    final TestingModel.Factory models = new TestingModel.Factory();
    final Map<Long, LogRecord> log = new HashMap<>();

    private final ModelKind kind;

    TestingTrainers(Path folder) throws IOException {
        this(folder, ModelKind.POLICY);
    }

    TestingTrainers(Path folder, ModelKind kind) throws IOException {
        this.kind = kind;
        root = folder.resolve("storage");
        Path initial = folder.resolve("initial");
        Files.createDirectories(initial);
        Files.writeString(initial.resolve(TestingModel.WEIGHTS), "base");
    }

    WeightStore weights() {
        return new WeightStore(root, TestingModel::checksumOf);
    }

    Path checkpoints() {
        return root.resolve("checkpoints").resolve(RUN).resolve(kind == ModelKind.REWARD ? "reward" : "policy");
    }

    /** A trainer as after a start of the process. */
    TrainerHost start() {
        return start(Runnable::run);
    }

    TrainerHost start(Executor executor) {
        Clock clock = Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC);
        TrainerPorts ports = new TrainerPorts(models, this::read, weights(), new CheckpointStore(root), clock);
        return new TrainerHost(kind, "trainer-0", ports, executor);
    }

    private List<LogRecord> read(Manifest manifest) {
        List<LogRecord> records = new ArrayList<>();
        for (RecordRef reference : manifest.getRecordsList()) {
            LogRecord record = log.get(reference.getOffset());
            if (record == null) {
                throw new CooperException(
                        FailureReason.INTERNAL, "cooper.scored-0@" + reference.getOffset() + " is gone");
            }
            records.add(record);
        }
        return records;
    }

    AttachRequest attach(long fence) {
        return attach(fence, 1);
    }

    AttachRequest attach(long fence, int checkpointEvery) {
        return AttachRequest.newBuilder()
                .setRunId(RUN)
                .setFence(fence)
                .setKind(kind)
                .setInitialModel(root.resolveSibling("initial").toString())
                .setSettings(TrainingSettings.newBuilder()
                        .setCheckpointEvery(checkpointEvery)
                        .setKeepVersions(3))
                .build();
    }

    /** To go back: no checkpoint of a later version. */
    AttachRequest attachAtMost(long newestAllowed, int checkpointEvery) {
        return attach(1, checkpointEvery).toBuilder()
                .setNewestAllowed(newestAllowed)
                .build();
    }

    AdoptRequest adopt(ModelRef held, long becomes) {
        return AdoptRequest.newBuilder()
                .setRunId(RUN)
                .setFence(1)
                .setKind(kind)
                .setHeld(held)
                .setBecomes(held.toBuilder().setNumber(becomes))
                .build();
    }

    /** The records of a step, one a slot, written to the log at offsets 10·step + slot. */
    TrainRequest step(long step, ModelRef base, String... slots) {
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId(RUN).setStep(step).setKind(kind);
        Topic topic = kind == ModelKind.REWARD ? Topic.PAIRS : Topic.SCORED;
        for (int slot = 0; slot < slots.length; slot++) {
            byte[] value = slots[slot].getBytes(StandardCharsets.UTF_8);
            long offset = 10 * step + slot;
            log.put(offset, new LogRecord(topic, 0, offset, RUN + "/" + slot, Map.of(), value));
            manifest.addRecords(RecordRef.newBuilder()
                    .setSlot(slot)
                    .setTopic("cooper." + topic.suffix())
                    .setPartition(0)
                    .setOffset(offset)
                    .setSha256(Sha256.hex(value)));
        }
        return TrainRequest.newBuilder()
                .setRunId(RUN)
                .setFence(1)
                .setStep(step)
                .setBase(base)
                .setManifest(manifest)
                .build();
    }
}
