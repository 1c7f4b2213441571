package dev.cooper.modelruntime.replay;

import dev.cooper.modelruntime.replay.RecordedMove.Adopted;
import dev.cooper.modelruntime.replay.RecordedMove.Trained;
import dev.cooper.modelruntime.trainer.PreparedUpdate;
import dev.cooper.modelruntime.trainer.TestingModel;
import dev.cooper.modelruntime.trainer.TrainableModel;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run that is recorded as it is made, in memory, with a checkpoint of every version. */
final class TestingArchive implements ReplaySource {

    final List<RecordedMove> moves = new ArrayList<>();
    final Map<Long, List<FrozenRecord>> records = new HashMap<>();
    final Path initialModel;

    private final TestingModel.Factory models;
    private final Path folder;
    private TrainableModel model;
    private ModelRef version;

    TestingArchive(Path folder, TestingModel.Factory models) throws IOException {
        this.folder = folder;
        this.models = models;
        this.initialModel = Files.createDirectories(folder.resolve("initial"));
        Files.writeString(initialModel.resolve(TestingModel.WEIGHTS), "base");
        this.model = models.initial(initialModel, TrainingSettings.getDefaultInstance());
        this.version = ModelRef.newBuilder().setChecksum(model.checksum()).build();
        keep();
    }

    /** Trains a step on these records, one a slot. */
    void train(long step, String... slots) throws IOException {
        List<FrozenRecord> frozen = new ArrayList<>();
        for (int slot = 0; slot < slots.length; slot++) {
            frozen.add(frozen(step, slot, slots[slot]));
        }
        records.put(step, frozen);
        PreparedUpdate update =
                model.prepare(step, frozen.stream().map(FrozenRecord::record).toList());
        ModelRef base = version;
        if (update.teaches()) {
            update.apply();
        }
        if (update.teaches() && update.kept()) {
            version = ModelRef.newBuilder()
                    .setNumber(base.getNumber() + 1)
                    .setChecksum(model.checksum())
                    .build();
            keep();
        }
        moves.add(new Trained(step, base, version, update.batchSha256()));
    }

    /** The run goes back to that version, as its next one. */
    void goBack(long step, long number) throws IOException {
        model.close();
        model = models.resume(checkpoint(number), initialModel, TrainingSettings.getDefaultInstance());
        ModelRef held = ModelRef.newBuilder()
                .setNumber(number)
                .setChecksum(model.checksum())
                .build();
        version = held.toBuilder().setNumber(version.getNumber() + 1).build();
        moves.add(new Adopted(step, held, version));
        keep();
    }

    ModelRef version() {
        return version;
    }

    String initialChecksum() {
        return Sha256.hex("base");
    }

    static FrozenRecord frozen(long step, int slot, String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        LogRecord record = new LogRecord(Topic.SCORED, 0, 10 * step + slot, "run/" + slot, Map.of(), value);
        return new FrozenRecord(slot, Sha256.hex(value), record);
    }

    private Path checkpoint(long number) {
        return folder.resolve("checkpoint-" + number);
    }

    private void keep() throws IOException {
        model.saveCheckpoint(Files.createDirectories(checkpoint(version.getNumber())));
    }

    void close() {
        model.close();
    }

    @Override
    public List<RecordedMove> moves() {
        return moves;
    }

    @Override
    public List<FrozenRecord> records(Trained step) {
        return records.getOrDefault(step.step(), List.of());
    }
}
