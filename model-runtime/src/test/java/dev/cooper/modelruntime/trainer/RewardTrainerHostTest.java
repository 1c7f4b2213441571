package dev.cooper.modelruntime.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same host for the reward model: pairs in, its own folders out. */
class RewardTrainerHostTest {

    @TempDir
    Path folder;

    private TestingTrainers trainers;
    private TrainerHost trainer;
    private ModelRef initial;

    @BeforeEach
    void attach() throws IOException {
        trainers = new TestingTrainers(folder, ModelKind.REWARD);
        trainer = trainers.start();
        initial = trainer.attach(trainers.attach(1)).getVersion();
    }

    @Test
    void trainsOnPairsAndKeepsItsVersionsApartFromThePolicys() {
        TrainRequest request = trainers.step(1, initial, "pair a", "pair b");

        TrainResult result = trainer.train(request);

        assertThat(result.getVersion().getChecksum()).isEqualTo(Sha256.hex("base|1:pair a,pair b"));
        assertThat(result.getLocation()).isEqualTo("weights/run-1/reward/0/1");
        TrainerHost restarted = trainers.start();
        assertThat(restarted.attach(trainers.attach(1)).getVersion()).isEqualTo(result.getVersion());
        assertThat(restarted.train(request)).isEqualTo(result);
    }

    @Test
    void anUpdateThatIsUndoneLeavesTheVersionAndSaysSo() {
        TrainRequest worse = trainers.step(1, initial, "worse");

        TrainResult result = trainer.train(worse);

        assertThat(result.getRejected()).isTrue();
        assertThat(result.getUpdated()).isFalse();
        assertThat(result.getVersion()).isEqualTo(initial);
        assertThat(result.getMetricsMap()).containsEntry("loss", 9.0);
        assertThat(trainer.train(worse)).as("the same answer again").isEqualTo(result);
        TrainResult next = trainer.train(trainers.step(2, initial, "pair a"));
        assertThat(next.getRejected()).isFalse();
        assertThat(next.getVersion().getChecksum()).isEqualTo(Sha256.hex("base|1:pair a"));
    }

    @Test
    void aRecordOfAnotherTopicThanPairsIsRefused() {
        TrainRequest request = trainers.step(1, initial, "pair a");
        trainers.log.computeIfPresent(
                10L,
                (offset, pair) -> new LogRecord(
                        Topic.SCORED, pair.partition(), offset, pair.key(), pair.headers(), pair.value()));

        assertThatThrownBy(() -> trainer.train(request))
                .hasMessageContaining("slot 0")
                .hasMessageContaining("records of pairs");
    }

    @Test
    void thePolicysManifestIsRefused() {
        TrainRequest request = trainers.step(1, initial, "pair a");
        TrainRequest policys = request.toBuilder()
                .setManifest(request.getManifest().toBuilder().setKind(ModelKind.POLICY))
                .build();

        assertThatThrownBy(() -> trainer.train(policys))
                .hasMessageContaining("POLICY")
                .hasMessageContaining("REWARD");
    }
}
