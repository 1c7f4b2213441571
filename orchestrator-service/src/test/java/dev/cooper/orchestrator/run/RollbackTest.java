package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that go back to earlier weights, and runs whose replays give other bytes. */
class RollbackTest {

    private final TestingTrainer policy = new TestingTrainer(2);
    private final TestingTrainer reward = new TestingTrainer(3);
    private final DriverBench bench = bench(RunSpec.Recovery.EXACT);

    private DriverBench bench(RunSpec.Recovery recovery) {
        return new DriverBench(TestRuns.lasting(TestRuns.cooper(DriverBench.spec(1), 1), 20, recovery), policy, reward);
    }

    private static ModelRef version(long number, int incarnation, String checksum) {
        return ModelRef.newBuilder()
                .setNumber(number)
                .setIncarnation(incarnation)
                .setChecksum(checksum)
                .build();
    }

    /** Closes the step's groups at their newest attempts. */
    private static void groupsClose(DriverBench bench) {
        Dispatch dispatch = bench.step().groups();
        dispatch.slots().forEach(slot -> bench.closes(slot, dispatch.attemptOf(slot)));
        bench.settle();
    }

    private static void pairsClose(DriverBench bench) {
        Dispatch dispatch = bench.step().pairs();
        dispatch.slots().forEach(slot -> bench.pairs(slot, dispatch.attemptOf(slot)));
        bench.settle();
    }

    private static void steps(DriverBench bench, int count) {
        IntStream.range(0, count).forEach(_ -> {
            bench.settle();
            groupsClose(bench);
            pairsClose(bench);
        });
    }

    private void rollBack(long toStep, ModelKind... models) {
        bench.ledger.rollBack(DriverBench.RUN, new Rollback(toStep, Set.of(models)));
    }

    @Test
    void aRunGoesOnFromEarlierWeightsUnderNewNumbers() {
        steps(bench, 4);
        rollBack(1, ModelKind.POLICY, ModelKind.REWARD);
        bench.settle();

        assertThat(bench.step().number()).isEqualTo(5);
        assertThat(bench.step().state()).isEqualTo(StepState.SAMPLING);
        assertThat(bench.run().policy()).isEqualTo(version(5, 0, "initial+1"));
        assertThat(bench.run().reward()).contains(version(5, 0, "initial+1"));
        assertThat(bench.step().policy().origin()).contains(new Origin(1, version(1, 0, "initial+1")));
        assertThat(bench.run().rollback()).isEmpty();
        assertThat(bench.events()).containsSubsequence("RollbackBegun", "VersionAdopted", "RolledBack");
        assertThat(bench.said)
                .filteredOn(record -> record.topic() == Topic.MODEL_VERSIONS)
                .extracting(OutgoingRecord::key)
                .endsWith("bench/policy", "bench/reward");

        steps(bench, 1);
        assertThat(bench.run().policy()).isEqualTo(version(6, 0, "initial+1+5"));
        assertThat(bench.run().reward()).contains(version(6, 0, "initial+1+5"));
    }

    @Test
    void aStepThatSamplesIsSampledAnewUnderTheOlderPolicy() {
        steps(bench, 2);
        bench.settle();
        bench.closes(0, 1);
        bench.settle();
        rollBack(1, ModelKind.POLICY);
        bench.settle();

        assertThat(bench.step().number()).isEqualTo(3);
        assertThat(bench.requests()).endsWith("0@2", "1@2", "2@2");
        assertThat(bench.run().policy()).isEqualTo(version(3, 0, "initial+1"));
        assertThat(bench.run().reward()).contains(version(2, 0, "initial+1+2"));

        bench.closes(0, 1);
        groupsClose(bench);
        pairsClose(bench);
        assertThat(bench.run().policy()).isEqualTo(version(4, 0, "initial+1+3"));
        assertThat(bench.run().reward()).contains(version(3, 0, "initial+1+2+3"));
    }

    @Test
    void aTrainerThatLosesEverythingLaterGoesTheSameWayAgain() {
        steps(bench, 3);
        rollBack(1, ModelKind.POLICY);
        steps(bench, 1);
        ModelRef last = bench.run().policy();
        policy.loseCheckpoints();
        policy.calls.clear();
        bench.settle();
        groupsClose(bench);

        assertThat(policy.calls).containsExactly("train 1", "adopt 1 as 4", "train 4", "train 5");
        assertThat(last).isEqualTo(version(5, 0, "initial+1+4"));
        assertThat(bench.run().policy()).isEqualTo(version(6, 0, "initial+1+4+5"));
    }

    @Test
    void aDriverOrATrainerThatDiesWhileTheRunGoesBackChangesNothing() {
        steps(bench, 3);
        rollBack(1, ModelKind.POLICY, ModelKind.REWARD);
        for (int i = 0; i < 40 && !bench.events().contains("RolledBack"); i++) {
            bench.driver().tick();
            if (i % 2 == 0) {
                bench.takeOver();
            }
            if (i % 5 == 0) {
                policy.restart();
                reward.restart();
            }
        }

        assertThat(bench.run().policy()).isEqualTo(version(4, 0, "initial+1"));
        assertThat(bench.run().reward()).contains(version(4, 0, "initial+1"));
        assertThat(bench.events()).containsOnlyOnce("RolledBack");
    }

    @Test
    void aReplayWithOtherBytesEndsAnExactRunAndShowsThem() {
        steps(bench, 3);
        bench.settle();
        policy.loseCheckpoints();
        policy.jitter = "'";
        groupsClose(bench);

        assertThat(bench.run().state()).isEqualTo(RunState.FAILED);
        assertThat(bench.run().reason()).contains("other bytes: initial+1'");
    }

    @Test
    void aReplayWithOtherBytesVoidsTheGroupsOfAContinuedRun() {
        DriverBench other = bench(RunSpec.Recovery.CONTINUE);
        steps(other, 3);
        other.settle();
        policy.loseCheckpoints();
        policy.jitter = "'";
        groupsClose(other);

        assertThat(other.events()).containsSubsequence("VersionDiverged", "VersionDiverged", "VersionDiverged");
        assertThat(other.step().number()).isEqualTo(4);
        assertThat(other.step().state()).isEqualTo(StepState.SAMPLING);
        assertThat(other.run().policy()).isEqualTo(version(3, 1, "initial+1'+2'+3'"));
        assertThat(other.step().before()).isEqualTo(other.run().policy());
        assertThat(other.requests()).endsWith("0@2", "1@2", "2@2");
        Step second = other.ledger.step(DriverBench.RUN, 2).orElseThrow();
        assertThat(second.before()).isEqualTo(version(1, 1, "initial+1'"));
        assertThat(second.after()).contains(version(2, 1, "initial+1'+2'"));

        policy.jitter = "";
        groupsClose(other);
        pairsClose(other);
        assertThat(other.run().policy()).isEqualTo(version(4, 1, "initial+1'+2'+3'+4"));
        assertThat(other.step().number()).isEqualTo(5);
    }

    @Test
    void aRewardModelWithOtherBytesGoesOnWithThePairsItHas() {
        DriverBench other = bench(RunSpec.Recovery.CONTINUE);
        steps(other, 2);
        other.settle();
        groupsClose(other);
        reward.loseCheckpoints();
        reward.jitter = "'";
        pairsClose(other);

        Step third = other.ledger.step(DriverBench.RUN, 3).orElseThrow();
        assertThat(third.reward().orElseThrow().before()).isEqualTo(version(2, 1, "initial+1'+2'"));
        assertThat(other.run().reward()).contains(version(3, 1, "initial+1'+2'+3'"));
        assertThat(other.step().number()).isEqualTo(4);
    }

    @Test
    void aContinuedRunGoesBackToTheBytesThatItsTrainerCanStillMake() {
        DriverBench other = bench(RunSpec.Recovery.CONTINUE);
        steps(other, 3);
        policy.loseCheckpoints();
        policy.jitter = "'";
        other.ledger.rollBack(DriverBench.RUN, new Rollback(2, Set.of(ModelKind.POLICY)));
        other.settle();

        assertThat(other.run().policy()).isEqualTo(version(4, 1, "initial+1'+2'"));
        assertThat(other.step().policy().origin()).contains(new Origin(2, version(2, 1, "initial+1'+2'")));
        assertThat(other.step().state()).isEqualTo(StepState.SAMPLING);
    }

    @Test
    void aReplayWhoseAnswerWasLostIsAskedForAgain() {
        DriverBench other = bench(RunSpec.Recovery.CONTINUE);
        steps(other, 3);
        other.settle();
        policy.loseCheckpoints();
        policy.jitter = "'";
        policy.answersLost = 2;
        groupsClose(other);
        other.settle();
        other.settle();

        assertThat(other.run().policy()).isEqualTo(version(3, 1, "initial+1'+2'+3'"));
        assertThat(other.ledger.step(DriverBench.RUN, 1).orElseThrow().after()).contains(version(1, 1, "initial+1'"));
        assertThat(other.step().state()).isEqualTo(StepState.SAMPLING);
        assertThat(policy.calls).endsWith("train 1", "train 2", "train 3");
    }

    @Test
    void aTrainerWithBytesThatNobodyKnowsEndsTheRun() {
        steps(bench, 1);
        bench.settle();
        policy.loseCheckpoints();
        policy.jitter = "?";
        policy.train(TrainerCalls.train(
                bench.run(), bench.ledger.step(DriverBench.RUN, 1).orElseThrow(), ModelKind.POLICY));
        groupsClose(bench);

        assertThat(bench.run().state()).isEqualTo(RunState.FAILED);
        assertThat(bench.run().reason()).contains("initial+1?", "not the one");
    }
}
