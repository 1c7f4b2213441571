package dev.cooper.modelruntime.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.RecordRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainerState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerHostTest {

    @TempDir
    Path folder;

    private TestingTrainers trainers;
    private TrainerHost trainer;
    private ModelRef initial;

    @BeforeEach
    void attachToAFreshRun() throws IOException {
        trainers = new TestingTrainers(folder);
        trainer = trainers.start();
        initial = trainer.attach(trainers.attach(1)).getVersion();
    }

    @Test
    void attachPublishesTheInitialModelAsVersionZero() {
        assertThat(initial.getNumber()).isZero();
        assertThat(initial.getChecksum()).isEqualTo(Sha256.hex("base"));
        assertThat(trainers.weights().holds(TestingTrainers.RUN, ModelKind.POLICY, initial))
                .isTrue();
        TrainerState state = trainer.describe();
        assertThat(state.getInitialChecksum()).isEqualTo(initial.getChecksum());
        assertThat(state.getInstance()).isEqualTo("trainer-0");
        assertThat(state.getParameters()).isEqualTo(4);
        assertThat(state.getFence()).isEqualTo(1);
    }

    @Test
    void attachAgainLoadsNothingAgain() {
        TrainerState again = trainer.attach(trainers.attach(1));

        assertThat(again).isEqualTo(trainer.describe());
        assertThat(trainers.models.loads).isOne();
    }

    @Test
    void attachNamesAnInitialModelThatIsMissing() {
        AttachRequest elsewhere =
                trainers.attach(1).toBuilder().setInitialModel("/nowhere").build();

        assertThatThrownBy(() -> trainer.attach(elsewhere)).hasMessageContaining("/nowhere");
    }

    @Test
    void attachRefusesAnInitialModelThatChangedSinceTheRunBegan() {
        AttachRequest changed =
                trainers.attach(1).toBuilder().setInitialChecksum("aa11").build();

        assertThatThrownBy(() -> trainer.attach(changed))
                .hasMessageContaining("aa11")
                .hasMessageContaining(initial.getChecksum());
        assertThat(trainers.models.open).isZero();
    }

    @Test
    void trainPublishesTheNextVersion() {
        TrainResult result = trainer.train(trainers.step(1, initial, "a", "b"));

        assertThat(result.getUpdated()).isTrue();
        assertThat(result.getVersion().getNumber()).isOne();
        assertThat(result.getVersion().getChecksum()).isEqualTo(Sha256.hex("base|1:a,b"));
        assertThat(result.getBatchSha256()).isEqualTo(Sha256.hex("a,b"));
        assertThat(result.getLocation()).isEqualTo("weights/run-1/policy/0/1");
        assertThat(result.getMetricsMap())
                .containsKeys("loss", "groups_used", "seconds_reading", "seconds_training", "seconds_publishing");
        assertThat(trainers.root.resolve(result.getLocation()).resolve(TestingModel.WEIGHTS))
                .hasContent("base|1:a,b");
        assertThat(trainer.describe().getVersion()).isEqualTo(result.getVersion());
        assertThat(trainer.describe().getCheckpoint()).isOne();
        assertThat(trainer.checkpointAt()).contains(Instant.ofEpochSecond(1000));
    }

    @Test
    void checkpointIsAsOldAsItsUpdateAlsoAfterARestart() {
        TrainResult made = trainer.train(trainers.step(1, initial, "a"));

        try (TrainerHost restarted = trainers.start()) {
            assertThat(restarted.checkpointAt()).isEmpty();
            restarted.attach(trainers.attach(2));
            assertThat(restarted.checkpointAt()).contains(Instant.ofEpochMilli(made.getFinishedAtMs()));
        }
    }

    @Test
    void theBatchIsInTheOrderOfSlotsWhateverTheManifestsOrder() {
        TrainRequest request = trainers.step(1, initial, "a", "b", "c");
        List<RecordRef> reversed = new ArrayList<>(request.getManifest().getRecordsList());
        Collections.reverse(reversed);
        TrainRequest shuffled = request.toBuilder()
                .setManifest(request.getManifest().toBuilder().clearRecords().addAllRecords(reversed))
                .build();

        assertThat(trainer.train(shuffled).getBatchSha256()).isEqualTo(Sha256.hex("a,b,c"));
    }

    @Test
    void theSameUpdateAskedAgainGetsTheSameAnswer() {
        TrainRequest request = trainers.step(1, initial, "a");
        TrainResult first = trainer.train(request);

        assertThat(trainer.train(request)).isEqualTo(first);
        assertThat(trainers.models.updates).isOne();
    }

    @Test
    void theSameUpdateAskedAgainAfterARestartGetsTheSameAnswer() {
        TrainRequest request = trainers.step(1, initial, "a");
        TrainResult first = trainer.train(request);

        TrainerHost restarted = trainers.start();
        restarted.attach(trainers.attach(1));

        assertThat(restarted.train(request)).isEqualTo(first);
        assertThat(trainers.models.updates).isOne();
    }

    @Test
    void aTrainerAtAnotherVersionAnswersWithItsOwn() {
        ModelRef one = trainer.train(trainers.step(1, initial, "a")).getVersion();
        TrainRequest other = trainers.step(2, initial, "b");

        PreconditionException refused = catchThrowableOfType(PreconditionException.class, () -> trainer.train(other));

        assertThat(refused.heldVersion()).contains(one);
        assertThat(trainer.describe().getVersion()).isEqualTo(one);
    }

    @Test
    void aLowerFenceIsRefusedAlsoAfterARestart() {
        trainer.attach(trainers.attach(7));
        TrainerHost restarted = trainers.start();

        assertThatThrownBy(() -> restarted.attach(trainers.attach(6)))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("6")
                .hasMessageContaining("7");
        assertThatThrownBy(() -> trainer.train(trainers.step(1, initial, "a")))
                .isInstanceOf(PreconditionException.class);
        assertThat(trainers.models.updates).isZero();
    }

    @Test
    void trainingBeforeAttachingIsRefused() {
        TrainerHost restarted = trainers.start();

        assertThatThrownBy(() -> restarted.train(trainers.step(1, initial, "a")))
                .isInstanceOf(PreconditionException.class)
                .hasMessageContaining("attach run 'run-1' first");
    }

    @Test
    void replayFromAnOlderCheckpointGivesTheSameVersions() {
        TrainerHost sparse = attachWithCheckpointEvery(2);
        List<TrainRequest> steps = new ArrayList<>();
        List<TrainResult> results = new ArrayList<>();
        ModelRef base = initial;
        for (int step = 1; step <= 3; step++) {
            steps.add(trainers.step(step, base, "s" + step));
            results.add(sparse.train(steps.getLast()));
            base = results.getLast().getVersion();
        }

        TrainerHost restarted = trainers.start();
        TrainerState state = restarted.attach(trainers.attach(1, 2));
        assertThat(state.getVersion()).isEqualTo(results.get(1).getVersion());
        TrainResult replayed = restarted.train(
                steps.get(2).toBuilder().setExpectedChecksum(base.getChecksum()).build());

        assertThat(replayed).isEqualTo(results.get(2));
    }

    @Test
    void aReplayThatDiffersIsRefusedNamingBothChecksums() {
        TrainRequest request = trainers.step(1, initial, "a");
        ModelRef recorded = trainer.train(request).getVersion();
        DurableFiles.removeFolder(trainers.checkpoints().resolve("1"));
        trainers.models.runOn("+avx512");
        TrainerHost restarted = trainers.start();
        restarted.attach(trainers.attach(1));

        CooperException failure = catchThrowableOfType(
                CooperException.class,
                () -> restarted.train(request.toBuilder()
                        .setExpectedChecksum(recorded.getChecksum())
                        .build()));

        assertThat(failure.reason()).isEqualTo(FailureReason.INTERNAL);
        assertThat(failure)
                .hasMessageContaining(recorded.getChecksum())
                .hasMessageContaining(Sha256.hex("base|1:a+avx512"));
        assertThat(trainers.weights().holds(TestingTrainers.RUN, ModelKind.POLICY, recorded))
                .isTrue();
        assertThat(restarted.attach(trainers.attach(1)).getVersion()).isEqualTo(initial);
    }

    @Test
    void aDamagedCheckpointIsSetAsideAndTheOneBeforeItUsed() throws IOException {
        TrainRequest first = trainers.step(1, initial, "a");
        ModelRef one = trainer.train(first).getVersion();
        TrainRequest second = trainers.step(2, one, "b");
        ModelRef two = trainer.train(second).getVersion();
        Files.writeString(trainers.checkpoints().resolve("2").resolve("optimizer.txt"), "9");

        TrainerHost restarted = trainers.start();

        assertThat(restarted.attach(trainers.attach(1)).getVersion()).isEqualTo(one);
        assertThat(trainers.checkpoints().resolve("2.damaged")).isDirectory();
        assertThat(restarted.train(second).getVersion()).isEqualTo(two);
    }

    @Test
    void withoutAnIntactCheckpointTheRunBeginsAtTheInitialModel() throws IOException {
        trainer.train(trainers.step(1, initial, "a"));
        Files.delete(trainers.checkpoints().resolve("1").resolve("trainer.json"));

        assertThat(trainers.start().attach(trainers.attach(1)).getVersion()).isEqualTo(initial);
    }

    @Test
    void aCrashInAnyPartOfAnUpdateLeavesTheRunAtItsLastCheckpoint() {
        ModelRef one = trainer.train(trainers.step(1, initial, "a")).getVersion();
        TrainRequest second = trainers.step(2, one, "b");
        String expected = Sha256.hex("base|1:a|2:b");

        trainers.models.afterUpdate = TrainerHostTest::crash;
        assertThatThrownBy(() -> trainer.train(second)).isInstanceOf(SimulatedCrash.class);
        trainers.models.afterUpdate = () -> {};
        trainers.models.afterSave = TrainerHostTest::crash;
        assertThatThrownBy(() -> restartAt(one).train(second)).isInstanceOf(SimulatedCrash.class);
        trainers.models.afterSave = () -> {};
        trainers.models.afterCheckpoint = TrainerHostTest::crash;
        assertThatThrownBy(() -> restartAt(one).train(second)).isInstanceOf(SimulatedCrash.class);
        trainers.models.afterCheckpoint = () -> {};

        assertThat(restartAt(one).train(second).getVersion().getChecksum()).isEqualTo(expected);
    }

    @Test
    void aTrainerWhoseUpdateFailedGoesOnFromItsLastCheckpointWithoutARestart() {
        TrainRequest request = trainers.step(1, initial, "a");
        trainers.models.afterUpdate = TrainerHostTest::crash;
        assertThatThrownBy(() -> trainer.train(request)).isInstanceOf(SimulatedCrash.class);
        trainers.models.afterUpdate = () -> {};

        assertThat(trainer.train(request).getVersion().getChecksum()).isEqualTo(Sha256.hex("base|1:a"));
        assertThat(trainers.models.open).isOne();
    }

    @Test
    void weightsThatAnUpdateLeftAndNobodyWasToldOfAreReplaced() throws IOException {
        Path leftover = trainers.root.resolve("weights/run-1/policy/0/1");
        Files.createDirectories(leftover);
        Files.writeString(leftover.resolve(TestingModel.WEIGHTS), "half");

        trainer.train(trainers.step(1, initial, "a"));

        assertThat(leftover.resolve(TestingModel.WEIGHTS)).hasContent("base|1:a");
    }

    @Test
    void attachPublishesACheckpointsVersionAgainIfTheStoreLostIt() {
        TrainResult result = trainer.train(trainers.step(1, initial, "a"));
        DurableFiles.removeFolder(trainers.root.resolve(result.getLocation()));

        trainers.start().attach(trainers.attach(1));

        assertThat(trainers.weights().holds(TestingTrainers.RUN, ModelKind.POLICY, result.getVersion()))
                .isTrue();
    }

    @Test
    void aBatchThatTeachesNothingLeavesTheVersion() {
        TrainRequest request = trainers.step(1, initial, "nothing", "nothing");

        TrainResult result = trainer.train(request);

        assertThat(result.getUpdated()).isFalse();
        assertThat(result.getVersion()).isEqualTo(initial);
        assertThat(result.getBatchSha256()).isNotEmpty();
        assertThat(trainer.train(request)).isEqualTo(result);
        assertThat(trainer.train(trainers.step(2, initial, "a")).getVersion().getNumber())
                .isOne();
    }

    @Test
    void anEmptyManifestTeachesNothing() {
        assertThat(trainer.train(trainers.step(1, initial)).getUpdated()).isFalse();
    }

    @Test
    void aRecordThatIsGoneStopsTheUpdateBeforeItBegins() {
        TrainRequest request = trainers.step(1, initial, "a", "b");
        trainers.log.remove(11L);

        assertThatThrownBy(() -> trainer.train(request)).hasMessageContaining("cooper.scored-0@11");
        assertThat(trainer.describe().getVersion()).isEqualTo(initial);
        assertThat(trainers.models.updates).isZero();
    }

    @Test
    void aRecordThatIsNotTheFrozenOneIsNamedWithBothHashes() {
        TrainRequest request = trainers.step(1, initial, "a", "b");
        trainers.step(1, initial, "a", "changed");

        assertThatThrownBy(() -> trainer.train(request))
                .hasMessageContaining("slot 1 at cooper.scored-0@11")
                .hasMessageContaining(Sha256.hex("b"))
                .hasMessageContaining(Sha256.hex("changed"));
        assertThat(trainers.models.updates).isZero();
    }

    @Test
    void aManifestOfAnotherStepIsRefused() {
        TrainRequest request =
                trainers.step(1, initial, "a").toBuilder().setStep(2).build();

        assertThatThrownBy(() -> trainer.train(request)).hasMessageContaining("step 1");
    }

    @Test
    void aCallForAnUpdateUnderWayAttachesToIt() {
        ArrayDeque<Runnable> work = new ArrayDeque<>();
        TrainerHost queued = trainers.start(work::add);
        CompletableFuture<TrainerState> attached = queued.attachLater(trainers.attach(1));
        work.remove().run();
        TrainRequest request = trainers.step(1, initial, "a");

        CompletableFuture<TrainResult> first = queued.trainLater(request);
        CompletableFuture<TrainResult> second =
                queued.trainLater(request.toBuilder().setFence(2).build());
        assertThat(first.cancel(true)).isTrue();
        while (!work.isEmpty()) {
            work.remove().run();
        }

        assertThat(attached.join().getVersion()).isEqualTo(initial);
        assertThat(second.join().getVersion().getNumber()).isOne();
        assertThat(trainers.models.updates).isOne();
    }

    @Test
    void anUpdateThatWaitsIsNotMadeWhenItsOrchestratorWasReplaced() {
        ArrayDeque<Runnable> work = new ArrayDeque<>();
        TrainerHost queued = trainers.start(work::add);
        CompletableFuture<TrainerState> first = queued.attachLater(trainers.attach(1));
        CompletableFuture<TrainResult> update = queued.trainLater(trainers.step(1, initial, "a"));
        CompletableFuture<TrainerState> second = queued.attachLater(trainers.attach(2));
        while (!work.isEmpty()) {
            work.remove().run();
        }

        assertThatThrownBy(first::join).hasRootCauseInstanceOf(PreconditionException.class);
        assertThat(second.join().getFence()).isEqualTo(2);
        assertThatThrownBy(update::join).hasRootCauseInstanceOf(PreconditionException.class);
        assertThat(trainers.models.updates).isZero();
        assertThat(queued.describe().getVersion()).isEqualTo(initial);
    }

    @Test
    void keepsTheNewestVersionsTheInitialOneAndTwoCheckpoints() {
        ModelRef base = initial;
        for (int step = 1; step <= 5; step++) {
            base = trainer.train(trainers.step(step, base, "s" + step)).getVersion();
        }

        assertThat(DurableFiles.numberedFolders(trainers.root.resolve("weights/run-1/policy/0")))
                .containsExactly(0L, 3L, 4L, 5L);
        assertThat(DurableFiles.numberedFolders(trainers.checkpoints())).containsExactly(4L, 5L);
    }

    private TrainerHost attachWithCheckpointEvery(int steps) {
        TrainerHost sparse = trainers.start();
        sparse.attach(trainers.attach(1, steps));
        return sparse;
    }

    private TrainerHost restartAt(ModelRef version) {
        TrainerHost restarted = trainers.start();
        assertThat(restarted.attach(trainers.attach(1)).getVersion()).isEqualTo(version);
        return restarted;
    }

    private static void crash() {
        throw new SimulatedCrash();
    }

    private static final class SimulatedCrash extends Error {}
}
