package dev.cooper.policy.training;

import static dev.cooper.proto.v1.VerdictKind.CORRECT;
import static dev.cooper.proto.v1.VerdictKind.INCORRECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.modelruntime.replay.FrozenRecord;
import dev.cooper.modelruntime.replay.RecordedMove;
import dev.cooper.modelruntime.replay.RecordedMove.Adopted;
import dev.cooper.modelruntime.replay.RecordedMove.Trained;
import dev.cooper.modelruntime.replay.Replay;
import dev.cooper.modelruntime.replay.ReplayReport;
import dev.cooper.modelruntime.replay.ReplaySettings;
import dev.cooper.modelruntime.replay.ReplaySource;
import dev.cooper.modelruntime.replay.ReplayStart;
import dev.cooper.modelruntime.replay.ReplayStart.FromCheckpoint;
import dev.cooper.modelruntime.replay.ReplayStart.FromInitialModel;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.modelruntime.trainer.CheckpointStore;
import dev.cooper.modelruntime.trainer.TrainerHost;
import dev.cooper.modelruntime.trainer.TrainerPorts;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.policy.TestingPolicies;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a real policy in mode cooper that goes back once, and its replays. */
class PolicyReplayTest {

    private static final TrainingSettings SETTINGS = TrainingSettings.newBuilder()
            .setLearningRate(0.01)
            .setWarmupSteps(2)
            .setCheckpointEvery(2)
            .setGrpo(GrpoSettings.newBuilder()
                    .setClipLow(0.2)
                    .setClipHigh(0.2)
                    .setKlCoefficient(0.1)
                    .setDivideByStd(true))
            .build();

    @TempDir
    Path folder;

    private final List<RecordedMove> moves = new ArrayList<>();
    private TrainerHost trainer;
    private ModelRef initial;

    @BeforeEach
    void trainThreeStepsAndGoBackToTheFirst() throws IOException {
        TestingPolicies.write(folder.resolve("initial"), 7);
        WeightStore weights = new WeightStore(folder, version -> Checksum.of(version.resolve("model.safetensors")));
        trainer = new TrainerHost(
                ModelKind.POLICY,
                "trainer-0",
                new TrainerPorts(
                        new PolicyModels(),
                        manifest -> records(manifest.getStep()),
                        weights,
                        new CheckpointStore(folder),
                        Clock.systemUTC()),
                Runnable::run);
        initial = trainer.attach(attach()).getVersion();
        ModelRef version = initial;
        for (long step = 1; step <= 3; step++) {
            version = train(step, version);
        }
        ModelRef held = moves.getFirst().after();
        trainer.attach(attach().toBuilder().setNewestAllowed(1).build());
        assertThat(trainer.train(request(1, initial)).getVersion()).isEqualTo(held);
        AdoptRequest adopt = AdoptRequest.newBuilder()
                .setRunId("run")
                .setFence(1)
                .setKind(ModelKind.POLICY)
                .setHeld(held)
                .setBecomes(held.toBuilder().setNumber(4))
                .build();
        moves.add(new Adopted(4, held, trainer.adopt(adopt).getVersion()));
        train(4, moves.getLast().after());
        trainer.close();
    }

    @Test
    void theRunIsReplayedBitForBitFromItsInitialModel() {
        ReplayReport report = replay(new FromInitialModel(folder.resolve("initial"), initial.getChecksum()));

        assertThat(report.difference()).isEmpty();
        assertThat(report.steps()).hasSize(5);
        assertThat(report.reached()).isEqualTo(moves.getLast().after());
        assertThat(report.steps().getLast().metrics()).containsKeys("reward_mean", "loss", "kl");
    }

    @Test
    void theRunIsReplayedBitForBitFromACheckpoint() {
        Path checkpoint = folder.resolve("checkpoints/run/policy/4");
        assertThat(Files.isDirectory(checkpoint)).isTrue();

        ReplayReport report = replay(new FromCheckpoint(folder.resolve("initial"), checkpoint));

        assertThat(report.difference()).isEmpty();
        assertThat(report.start().getNumber()).isEqualTo(4);
        assertThat(report.steps()).hasSize(1);
        assertThat(report.reached()).isEqualTo(moves.getLast().after());
    }

    @Test
    void aFolderThatIsNoCheckpointOrOfAnotherRunIsNamed() {
        Path weights = folder.resolve("weights/run/policy/0/0");
        moves.clear();

        assertThatThrownBy(() -> replay(new FromCheckpoint(folder.resolve("initial"), weights)))
                .hasMessageContaining(weights + " is no intact checkpoint")
                .hasMessageContaining("trainer.json");
        assertThatThrownBy(() -> replay(
                        new FromCheckpoint(folder.resolve("initial"), folder.resolve("checkpoints/run/policy/4"))))
                .hasMessageContaining("the run never made version 4");
    }

    private ReplayReport replay(ReplayStart start) {
        ReplaySource archive = new ReplaySource() {
            @Override
            public List<RecordedMove> moves() {
                return moves;
            }

            @Override
            public List<FrozenRecord> records(Trained step) {
                return PolicyReplayTest.records(step.step()).stream()
                        .map(record -> new FrozenRecord((int) record.offset() % 10, record.sha256(), record))
                        .toList();
            }
        };
        ReplaySettings settings =
                new ReplaySettings(new PolicyModels(), SETTINGS, folder.resolve("work"), Clock.systemUTC());
        return new Replay(settings, archive, (step, done, total) -> {}).run(start);
    }

    private ModelRef train(long step, ModelRef base) {
        TrainResult result = trainer.train(request(step, base));
        moves.add(new Trained(step, base, result.getVersion(), result.getBatchSha256()));
        return result.getVersion();
    }

    private TrainRequest request(long step, ModelRef base) {
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId("run").setStep(step).setKind(ModelKind.POLICY);
        for (LogRecord record : records(step)) {
            manifest.addRecords(RecordRef.newBuilder()
                    .setSlot((int) record.offset() % 10)
                    .setTopic("cooper.scored")
                    .setOffset(record.offset())
                    .setSha256(record.sha256()));
        }
        return TrainRequest.newBuilder()
                .setRunId("run")
                .setFence(1)
                .setStep(step)
                .setBase(base)
                .setManifest(manifest)
                .build();
    }

    private AttachRequest attach() {
        return AttachRequest.newBuilder()
                .setRunId("run")
                .setFence(1)
                .setKind(ModelKind.POLICY)
                .setInitialModel(folder.resolve("initial").toString())
                .setSettings(SETTINGS)
                .build();
    }

    private static List<LogRecord> records(long step) {
        List<ScoredGroup> groups = List.of(
                TestingGroups.scoredBy(
                        Mode.COOPER, TestingGroups.scored(0, CORRECT, INCORRECT, CORRECT), 0.9, 0.1 * step, 0.3),
                TestingGroups.scoredBy(Mode.COOPER, TestingGroups.scored(1, INCORRECT, CORRECT), 0.4, 0.2));
        List<LogRecord> records = new ArrayList<>();
        for (ScoredGroup group : groups) {
            records.add(
                    new LogRecord(Topic.SCORED, 0, 10 * step + records.size(), "run", Map.of(), group.toByteArray()));
        }
        return records;
    }
}
