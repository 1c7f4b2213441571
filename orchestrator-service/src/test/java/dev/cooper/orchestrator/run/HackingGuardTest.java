package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.orchestrator.hacking.Example;
import dev.cooper.orchestrator.hacking.Suspicion;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpec.HackingPolicy;
import dev.cooper.proto.v1.ModelKind;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs whose reward model comes to like what the rule rejects. Two steps are the baseline, two a window. */
class HackingGuardTest {

    private final TestingTrainer policy = new TestingTrainer(2);
    private final TestingTrainer reward = new TestingTrainer(2);

    private DriverBench bench(HackingPolicy policyOnHacking) {
        RunSpec cooper = TestRuns.lasting(TestRuns.cooper(DriverBench.spec(1), 1), 20, RunSpec.Recovery.EXACT);
        RunSpec.Hacking hacking = new RunSpec.Hacking(2, 0.1, 0.15, 0.1, 2, 3, policyOnHacking, 2);
        return new DriverBench(TestRuns.watched(cooper, hacking), policy, reward);
    }

    /** Closes the groups of the step that samples; the wrong completions have this score, the right ones 0.9. */
    private static void groupsClose(DriverBench bench, double wrong) {
        bench.settle();
        Dispatch dispatch = bench.step().groups();
        dispatch.slots().forEach(slot -> bench.closes(slot, dispatch.attemptOf(slot), 0.9, wrong - slot / 100.0));
    }

    private static void pairsClose(DriverBench bench) {
        Dispatch dispatch = bench.step().pairs();
        dispatch.slots().forEach(slot -> bench.pairs(slot, dispatch.attemptOf(slot)));
    }

    private static void step(DriverBench bench, double wrong) {
        groupsClose(bench, wrong);
        bench.settle();
        pairsClose(bench);
        bench.settle();
    }

    private static void healthy(DriverBench bench, int steps) {
        Stream.generate(() -> 0.1).limit(steps).forEach(score -> step(bench, score));
    }

    private static void hacked(DriverBench bench, int steps) {
        Stream.generate(() -> 0.95).limit(steps).forEach(score -> step(bench, score));
    }

    private static List<Long> stepsOf(DriverBench bench, String event) {
        return bench.ledger.events(DriverBench.RUN, Set.of(event)).stream()
                .map(RunEvent::step)
                .toList();
    }

    private static double metric(DriverBench bench, long step, String name) {
        return bench.ledger.step(DriverBench.RUN, step).orElseThrow().metrics().getOrDefault(name, Double.NaN);
    }

    @Test
    void suspicionIsToldOnceWithItsFiguresAndTheCompletionsThatAreLikedMost() {
        DriverBench bench = bench(HackingPolicy.ALERT);
        healthy(bench, 3);
        hacked(bench, 2);

        assertThat(stepsOf(bench, "RewardHackingSuspected")).containsExactly(4L);
        Suspicion told = Suspicion.read(bench.ledger
                .events(DriverBench.RUN, Set.of("RewardHackingSuspected"))
                .getFirst()
                .data());
        assertThat(told.policy()).isEqualTo("alert");
        assertThat(told.window()).isEqualTo(2);
        assertThat(told.figures())
                .extracting(Suspicion.Excess::figure)
                .containsExactly("score_gap", "false_positive_share", "reward_auc");
        assertThat(told.figures()).allMatch(Suspicion.Excess::over);
        assertThat(told.examples())
                .extracting(Example::problemId, Example::score, Example::reason, Example::completion)
                .containsExactly(tuple("p0", 0.95, "DIFFERENT", "wrong"), tuple("p1", 0.94, "DIFFERENT", "wrong"));
        assertThat(metric(bench, 3, "hacking_suspected")).isZero();
        assertThat(metric(bench, 4, "hacking_suspected")).isOne();
        assertThat(metric(bench, 4, "hacking_false_positive_excess")).isEqualTo(0.5);
        assertThat(metric(bench, 4, "hacking_auc_drop")).isEqualTo(0.5);
        assertThat(metric(bench, 4, "hacking_gap_excess")).isCloseTo(0.2125, within(1e-9));
        assertThat(metric(bench, 2, "hacking_suspected")).isNaN();
        assertThat(bench.run().state()).isEqualTo(RunState.RUNNING);
        assertThat(bench.events()).doesNotContain("RollbackBegun");
    }

    @Test
    void suspicionSubsidesWhenTheFiguresAreBackAndMayComeAgain() {
        DriverBench bench = bench(HackingPolicy.ALERT);
        healthy(bench, 3);
        hacked(bench, 2);
        healthy(bench, 2);
        assertThat(stepsOf(bench, "RewardHackingSubsided")).containsExactly(7L);

        hacked(bench, 1);
        assertThat(stepsOf(bench, "RewardHackingSuspected")).containsExactly(4L, 8L);
    }

    @Test
    void anotherDriverSuspectsWhatTheOneBeforeItDid() {
        DriverBench calm = bench(HackingPolicy.ALERT);
        healthy(calm, 3);
        hacked(calm, 3);
        healthy(calm, 3);
        DriverBench bench = new HackingGuardTest().bench(HackingPolicy.ALERT);
        for (double score : new double[] {0.1, 0.1, 0.1, 0.95, 0.95, 0.95, 0.1, 0.1, 0.1}) {
            step(bench, score);
            bench.takeOver();
        }

        assertThat(stepsOf(bench, "RewardHackingSuspected")).isEqualTo(stepsOf(calm, "RewardHackingSuspected"));
        assertThat(stepsOf(bench, "RewardHackingSubsided")).isEqualTo(stepsOf(calm, "RewardHackingSubsided"));
    }

    @Test
    void runPausesBeforeItTrainsOnTheStepAndOnceForASuspicion() {
        DriverBench bench = bench(HackingPolicy.PAUSE);
        healthy(bench, 3);
        groupsClose(bench, 0.95);
        policy.calls.clear();
        bench.settle();

        assertThat(bench.run().state()).isEqualTo(RunState.PAUSED);
        assertThat(bench.run().reason())
                .startsWith("reward hacking suspected in step 4: score_gap")
                .contains("false_positive_share 0.500, 0.500 above the baseline's 0.000 (bound 0.150)");
        assertThat(bench.step().state()).isEqualTo(StepState.TRAINING_POLICY);
        assertThat(policy.calls).isEmpty();
        assertThat(bench.events()).containsSubsequence("ManifestFrozen", "RewardHackingSuspected", "RunPaused");

        bench.takeOver();
        bench.settle();
        assertThat(bench.run().state()).isEqualTo(RunState.PAUSED);
        bench.ledger.wish(DriverBench.RUN, Wish.RUN);
        bench.settle();
        pairsClose(bench);
        hacked(bench, 1);
        assertThat(bench.run().state()).isEqualTo(RunState.RUNNING);
        assertThat(bench.step().number()).isEqualTo(6);
        assertThat(stepsOf(bench, "RewardHackingSuspected")).containsExactly(4L);
    }

    @Test
    void rewardModelGoesBackToBeforeTheSuspiciousStepsOnceForASuspicion() {
        DriverBench bench = bench(HackingPolicy.ROLLBACK);
        healthy(bench, 3);
        hacked(bench, 1);
        // The trainer that has loaded a checkpoint adopts it with the next tick.
        bench.settle();

        assertThat(bench.step().number()).isEqualTo(5);
        assertThat(bench.run().reward().orElseThrow().getChecksum()).isEqualTo("initial+1+2");
        assertThat(bench.run().reward().orElseThrow().getNumber()).isEqualTo(5);
        assertThat(bench.run().policy().getChecksum()).isEqualTo("initial+1+2+3+4");
        assertThat(bench.step().reward().orElseThrow().origin().orElseThrow().step())
                .isEqualTo(2);
        assertThat(bench.ledger
                        .events(DriverBench.RUN, Set.of("RollbackBegun"))
                        .getFirst()
                        .data())
                .containsEntry("why", "reward hacking suspected in step 4")
                .containsEntry("models", List.of("reward"));

        hacked(bench, 2);
        healthy(bench, 2);
        assertThat(stepsOf(bench, "RewardHackingSubsided")).containsExactly(8L);
        assertThat(stepsOf(bench, "RollbackBegun")).containsExactly(5L);

        hacked(bench, 1);
        bench.settle();
        assertThat(stepsOf(bench, "RollbackBegun")).containsExactly(5L, 10L);
        assertThat(bench.run().reward().orElseThrow().getChecksum()).isEqualTo("initial+1+2+5+6+7");
    }

    @Test
    void driverThatDiesAfterEachMoveGoesBackOnce() {
        DriverBench bench = bench(HackingPolicy.ROLLBACK);
        healthy(bench, 3);
        groupsClose(bench, 0.95);
        for (int i = 0; i < 60 && !bench.events().contains("RolledBack"); i++) {
            bench.driver().tick();
            if (bench.step().state() == StepState.PAIRING) {
                pairsClose(bench);
            }
            if (i % 2 == 0) {
                bench.takeOver();
            }
            if (i % 7 == 0) {
                reward.restart();
            }
        }

        assertThat(bench.run().reward().orElseThrow().getChecksum()).isEqualTo("initial+1+2");
        assertThat(stepsOf(bench, "RollbackBegun")).containsExactly(5L);
        assertThat(stepsOf(bench, "RewardHackingSuspected")).containsExactly(4L);
    }

    @Test
    void whatTheUserAsksForComesFirst() {
        DriverBench bench = bench(HackingPolicy.ROLLBACK);
        healthy(bench, 3);
        groupsClose(bench, 0.95);
        bench.settle();
        bench.ledger.rollBack(DriverBench.RUN, new Rollback(1, Set.of(ModelKind.POLICY)));
        pairsClose(bench);
        bench.settle();

        assertThat(stepsOf(bench, "RollbackBegun")).containsExactly(5L);
        assertThat(bench.run().policy().getChecksum()).isEqualTo("initial+1");
        assertThat(bench.run().reward().orElseThrow().getChecksum()).isEqualTo("initial+1+2+3+4");
    }

    @Test
    void runThatIsNotWatchedMeasuresNothingOfIt() {
        RunSpec cooper = TestRuns.lasting(TestRuns.cooper(DriverBench.spec(1), 1), 20, RunSpec.Recovery.EXACT);
        DriverBench bench = new DriverBench(cooper, policy, reward);
        healthy(bench, 3);
        hacked(bench, 1);

        assertThat(bench.events()).doesNotContain("RewardHackingSuspected");
        assertThat(metric(bench, 4, "hacking_suspected")).isNaN();
        assertThat(metric(bench, 4, "false_positive_share")).isOne();
    }
}
