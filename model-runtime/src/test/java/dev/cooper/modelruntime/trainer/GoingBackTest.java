package dev.cooper.modelruntime.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of five versions, with checkpoints 2 and 4, that goes back to version 3 as version 6. */
class GoingBackTest {

    private static final int CHECKPOINT_EVERY = 2;

    @TempDir
    Path folder;

    private TestingTrainers trainers;
    private TrainerHost trainer;

    /** By number. */
    private final List<ModelRef> versions = new ArrayList<>();

    /** By the number of their base. */
    private final List<TrainRequest> steps = new ArrayList<>();

    @BeforeEach
    void trainFiveSteps() throws IOException {
        trainers = new TestingTrainers(folder);
        trainer = trainers.start();
        versions.add(trainer.attach(trainers.attach(1, CHECKPOINT_EVERY)).getVersion());
        for (int step = 1; step <= 5; step++) {
            steps.add(trainers.step(step, versions.getLast(), "s" + step));
            versions.add(trainer.train(steps.getLast()).getVersion());
        }
    }

    @Test
    void attachLoadsNoCheckpointOfALaterVersionThanAllowed() {
        assertThat(goBack(3).getNumber()).isEqualTo(2);
        assertThat(goBack(4).getNumber()).isEqualTo(2);
        restart();
        assertThat(goBack(4).getNumber()).isEqualTo(4);
        assertThat(goBack(1).getNumber()).isZero();
        assertThat(DurableFiles.numberedFolders(trainers.checkpoints())).containsExactly(2L, 4L);
    }

    @Test
    void attachOnTheWayBackLoadsNothingAgain() {
        goBack(3);
        int loads = trainers.models.loads;
        replay(2);

        assertThat(goBack(3)).isEqualTo(versions.get(3));
        assertThat(trainers.models.loads).isEqualTo(loads);
    }

    @Test
    void attachWithoutALimitIsForwardAgain() {
        goBack(3);

        assertThat(attach().getNumber()).isEqualTo(4);
    }

    @Test
    void theAdoptedVersionHasTheBytesAndTheOptimizerOfTheOneItWas() throws IOException {
        TrainResult six = goBackToThreeAndAdopt();

        assertThat(six.getVersion())
                .isEqualTo(versions.get(3).toBuilder().setNumber(6).build());
        assertThat(six.getUpdated()).isTrue();
        assertThat(trainers.root.resolve(six.getLocation()).resolve(TestingModel.WEIGHTS))
                .hasContent("base|1:s1|2:s2|3:s3");
        assertThat(trainer.describe().getCheckpoint()).isEqualTo(6);
        assertThat(Files.readString(trainers.checkpoints().resolve("6").resolve("optimizer.txt")))
                .isEqualTo("3");
        assertThat(trainTheStepAfter(six.getVersion()).getChecksum()).isEqualTo(Sha256.hex("base|1:s1|2:s2|3:s3|4:s7"));
    }

    @Test
    void checkpointsOfTheVersionsLeftBehindAreRemoved() {
        goBackToThreeAndAdopt();

        assertThat(DurableFiles.numberedFolders(trainers.checkpoints())).containsExactly(2L, 6L);
        restart();
        assertThat(attach().getNumber()).isEqualTo(6);
    }

    @Test
    void checkpointsWrittenOnTheWayBackDoNotPushOutTheLaterOnes() {
        restart();
        trainer.attach(trainers.attachAtMost(1, 1));
        replay(0);
        replay(1);

        assertThat(DurableFiles.numberedFolders(trainers.checkpoints())).containsExactly(1L, 2L, 4L);
    }

    @Test
    void adoptingAgainGetsTheSameAnswer() {
        AdoptRequest adopt = trainers.adopt(versions.get(3), 6);
        TrainResult first = goBackToThreeAndAdopt();

        assertThat(trainer.adopt(adopt)).isEqualTo(first);
        restart();
        attach();
        assertThat(trainer.adopt(adopt)).isEqualTo(first);
        trainer.train(trainers.step(7, first.getVersion(), "nothing"));
        assertThat(trainer.adopt(adopt).getVersion()).isEqualTo(first.getVersion());
    }

    @Test
    void adoptingAnotherVersionThanTheOneHeldIsRefusedWithIt() {
        goBack(3);
        AdoptRequest early = trainers.adopt(versions.get(3), 6);

        PreconditionException refused = catchThrowableOfType(PreconditionException.class, () -> trainer.adopt(early));

        assertThat(refused.heldVersion()).contains(versions.get(2));
    }

    @Test
    void aVersionCannotBecomeOtherBytesOrALowerNumber() {
        AdoptRequest other = trainers.adopt(versions.get(5), 6).toBuilder()
                .setBecomes(versions.get(4).toBuilder().setNumber(6))
                .build();
        AdoptRequest lower = trainers.adopt(versions.get(5), 4);

        assertThatThrownBy(() -> trainer.adopt(other))
                .hasMessageContaining("the checksum the same")
                .hasMessageContaining(versions.get(4).getChecksum());
        assertThatThrownBy(() -> trainer.adopt(lower)).hasMessageContaining("number must be higher");
        assertThat(trainer.describe().getVersion()).isEqualTo(versions.get(5));
    }

    @Test
    void adoptingWithALowerFenceOrForTheOtherModelIsRefused() {
        trainer.attach(trainers.attach(7, CHECKPOINT_EVERY));
        AdoptRequest stale = trainers.adopt(versions.get(5), 6);
        AdoptRequest reward =
                stale.toBuilder().setFence(7).setKind(ModelKind.REWARD).build();

        assertThatThrownBy(() -> trainer.adopt(stale))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("fence 1");
        assertThatThrownBy(() -> trainer.adopt(reward)).hasMessageContaining("trains the POLICY model");
    }

    @Test
    void anUpdateThatFailsAfterAdoptingStartsFromTheAdoptedVersion() {
        ModelRef six = goBackToThreeAndAdopt().getVersion();
        TrainRequest seventh = trainers.step(7, six, "s7");
        trainers.models.afterUpdate = () -> {
            throw new IllegalStateException("half way");
        };
        assertThatThrownBy(() -> trainer.train(seventh)).hasMessage("half way");
        trainers.models.afterUpdate = () -> {};

        assertThat(trainer.train(seventh).getVersion().getNumber()).isEqualTo(7);
    }

    /** The moves: attach back, train version 3 again, adopt it as 6, attach, train version 7. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aRestartBetweenAnyTwoMovesChangesNothing(int movesBefore) {
        String unbroken = Sha256.hex("base|1:s1|2:s2|3:s3|4:s7");
        boolean adopted = movesBefore >= 3;

        move(movesBefore, 1);
        restart();
        // The caller begins its way back anew, or goes on, by what it had committed.
        ModelRef six = adopted ? attach() : goBackToThreeAndAdopt().getVersion();
        attach();

        assertThat(six.getNumber()).isEqualTo(6);
        assertThat(trainTheStepAfter(six).getChecksum()).isEqualTo(unbroken);
    }

    /** As above, but the adoption was not committed when the trainer and its caller died: all is done again. */
    @Test
    void goingBackTwiceEndsTheSame() {
        TrainResult first = goBackToThreeAndAdopt();
        restart();

        assertThat(goBackToThreeAndAdopt().getVersion()).isEqualTo(first.getVersion());
        assertThat(DurableFiles.numberedFolders(trainers.checkpoints())).containsExactly(2L, 6L);
    }

    @Test
    void aCrashInTheMiddleOfAdoptingLeavesTheRunOnItsWayBack() {
        goBack(3);
        replay(2);
        trainers.models.afterCheckpoint = () -> {
            throw new IllegalStateException("half way");
        };
        assertThatThrownBy(() -> trainer.adopt(trainers.adopt(versions.get(3), 6)))
                .hasMessageContaining("half way");
        trainers.models.afterCheckpoint = () -> {};

        assertThat(trainer.describe().getVersion()).isEqualTo(versions.get(3));
        restart();
        assertThat(goBackToThreeAndAdopt().getVersion().getNumber()).isEqualTo(6);
    }

    @Test
    void aDamagedCheckpointIsNamedInTheTrainersStateUntilItsFolderIsRemoved() throws IOException {
        Files.writeString(trainers.checkpoints().resolve("4").resolve("optimizer.txt"), "9");

        restart();
        assertThat(attach()).isEqualTo(versions.get(2));
        assertThat(trainer.describe().getWarningsList())
                .singleElement()
                .asString()
                .contains(trainers.checkpoints().resolve("4.damaged").toString(), "optimizer.txt has SHA-256");
        restart();
        attach();
        assertThat(trainer.describe().getWarningsList()).hasSize(1);
        DurableFiles.removeFolder(trainers.checkpoints().resolve("4.damaged"));
        restart();
        attach();
        assertThat(trainer.describe().getWarningsList()).isEmpty();
    }

    @Test
    void otherBytesThanExpectedAreKeptUnderTheNextIncarnationIfTheRequestSaysSo() {
        TrainRequest fifth = onOtherHardware(5);

        TrainResult result = trainer.train(fifth);

        assertThat(result.getVersion().getNumber()).isEqualTo(5);
        assertThat(result.getVersion().getIncarnation()).isOne();
        assertThat(result.getVersion().getChecksum())
                .isNotEqualTo(versions.get(5).getChecksum());
        assertThat(result.getLocation()).isEqualTo("weights/run-1/policy/1/5");
        assertThat(trainers.weights().holds(TestingTrainers.RUN, ModelKind.POLICY, versions.get(5)))
                .isTrue();
        assertThat(trainer.train(fifth)).isEqualTo(result);
        // It has a checkpoint at once, although none was due: another replay would differ again.
        restart();
        assertThat(attach()).isEqualTo(result.getVersion());
        assertThat(trainer.train(fifth)).isEqualTo(result);
        ModelRef next = trainTheStepAfter(result.getVersion());
        assertThat(next.getIncarnation()).isOne();
        assertThat(next.getNumber()).isEqualTo(6);
    }

    @Test
    void anIncarnationIsNeverGivenTwice() {
        TrainRequest fifth = onOtherHardware(5);
        ModelRef first = trainer.train(fifth).getVersion();
        DurableFiles.removeFolder(trainers.checkpoints().resolve("5"));
        restart();
        attach();
        trainers.models.runOn("+sve");
        TrainRequest again = expecting(first, steps.get(4));

        ModelRef second = trainer.train(again).getVersion();

        assertThat(second.getNumber()).isEqualTo(5);
        assertThat(second.getIncarnation()).isEqualTo(2);
    }

    @Test
    void theSameBytesAsExpectedAreTheVersionExpected() {
        TrainRequest fifth = onOtherHardware(5);
        ModelRef first = trainer.train(fifth).getVersion();
        DurableFiles.removeFolder(trainers.checkpoints().resolve("5"));
        restart();
        attach();

        assertThat(trainer.train(expecting(first, steps.get(4))).getVersion()).isEqualTo(first);
    }

    @Test
    void otherBytesAreRefusedUnlessTheRequestSaysSo() {
        TrainRequest exact =
                onOtherHardware(5).toBuilder().setAcceptOtherBytes(false).build();

        CooperException refused = catchThrowableOfType(CooperException.class, () -> trainer.train(exact));

        assertThat(refused.reason()).isEqualTo(FailureReason.INTERNAL);
        assertThat(refused).hasMessageContaining(versions.get(5).getChecksum());
        assertThat(attach()).isEqualTo(versions.get(4));
    }

    private ModelRef attach() {
        return trainer.attach(trainers.attach(1, CHECKPOINT_EVERY)).getVersion();
    }

    private ModelRef goBack(long newestAllowed) {
        return trainer.attach(trainers.attachAtMost(newestAllowed, CHECKPOINT_EVERY))
                .getVersion();
    }

    private void replay(int base) {
        ModelRef expected = versions.get(base + 1);
        assertThat(trainer.train(steps.get(base).toBuilder()
                                .setExpectedChecksum(expected.getChecksum())
                                .build())
                        .getVersion())
                .isEqualTo(expected);
    }

    private TrainResult goBackToThreeAndAdopt() {
        for (int held = (int) goBack(3).getNumber(); held < 3; held++) {
            replay(held);
        }
        return trainer.adopt(trainers.adopt(versions.get(3), 6));
    }

    private void move(int moves, int from) {
        for (int move = from; move <= moves; move++) {
            switch (move) {
                case 1 -> goBack(3);
                case 2 -> replay(2);
                case 3 -> trainer.adopt(trainers.adopt(versions.get(3), 6));
                case 4 -> attach();
                default -> throw new IllegalArgumentException("move " + move);
            }
        }
    }

    private ModelRef trainTheStepAfter(ModelRef base) {
        return trainer.train(trainers.step(7, base, "s7")).getVersion();
    }

    /** The step that made the version, asked for again on a machine that computes otherwise. */
    private TrainRequest onOtherHardware(int version) {
        restart();
        assertThat(attach()).isEqualTo(versions.get(version - 1));
        trainers.models.runOn("+avx512");
        return expecting(versions.get(version), steps.get(version - 1));
    }

    private static TrainRequest expecting(ModelRef expected, TrainRequest step) {
        return step.toBuilder()
                .setExpectedChecksum(expected.getChecksum())
                .setExpectedIncarnation(expected.getIncarnation())
                .setAcceptOtherBytes(true)
                .build();
    }

    private void restart() {
        trainer = trainers.start();
    }
}
