package dev.cooper.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.SetFigures;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.run.TestingRunLedger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunGaugesTest {

    private final TestingRunLedger ledger = new TestingRunLedger();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RunGauges gauges = new RunGauges(ledger, registry);

    private void committed(long number, Map<String, Double> metrics) {
        Run run = TestRuns.begun(ledger.run("r1").orElseThrow(), RunState.RUNNING, "");
        ledger.commit(new Move(
                run,
                Optional.of(TestRuns.measured(TestRuns.step("r1", number, StepState.COMMITTED, 0, 1), metrics)),
                Optional.empty(),
                List.of(),
                List.of()));
        gauges.update("r1");
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void metricsOfBothModelsAreShownUnderTheirNamesAndGoWhenAStepDoesNotHaveThem() {
        ledger.create(
                Run.queued("r1", TestRuns.cooperSpec("/data/train.jsonl"), TestRuns.CREATED),
                new RunEvent(0, "r1", 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver("r1", "me", TestRuns.CREATED, Duration.ofMinutes(1));
        committed(
                1,
                Map.of(
                        "reward_mean", 0.5,
                        "loss", 0.1,
                        "reward_loss", 0.2,
                        "reward_auc", 0.9,
                        "score_gap", 0.3,
                        "pairs_none_nothing_correct", 4.0,
                        "hacking_gap_excess", 0.02,
                        "false_positive_length_mean", 17.0,
                        "seconds_training_reward", 1.5));

        assertThat(value("cooper.policy.reward.mean")).isEqualTo(0.5);
        assertThat(value("cooper.policy.loss")).isEqualTo(0.1);
        assertThat(value("cooper.reward.loss")).isEqualTo(0.2);
        assertThat(value("cooper.reward.auc")).isEqualTo(0.9);
        assertThat(value("cooper.reward.score.gap")).isEqualTo(0.3);
        assertThat(value("cooper.reward.pairs.none.nothing.correct")).isEqualTo(4);
        assertThat(value("cooper.hacking.gap.excess")).isEqualTo(0.02);
        assertThat(value("cooper.reward.false.positive.length.mean")).isEqualTo(17);
        assertThat(value("cooper.reward.version")).isZero();
        assertThat(registry.get("cooper.step.seconds")
                        .tag("part", "training_reward")
                        .gauge()
                        .value())
                .isEqualTo(1.5);

        committed(2, Map.of("loss", 0.05, "pairs", 12.0, "reward_pairs", 11.0));
        assertThat(value("cooper.policy.loss")).isEqualTo(0.05);
        assertThat(value("cooper.reward.pairs")).isEqualTo(12);
        assertThat(value("cooper.reward.pairs.trained")).isEqualTo(11);
        assertThat(registry.find("cooper.reward.auc").gauge()).isNull();
        assertThat(registry.find("cooper.step.seconds").gauge()).isNull();
    }

    @Test
    void whereTheLastStepIsSinceWhenAndHowLongOneTakesAreShown() {
        ledger.create(
                TestRuns.queued("r1", "/data/train.jsonl"),
                new RunEvent(0, "r1", 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver("r1", "me", TestRuns.CREATED, Duration.ofMinutes(1));
        gauges.update("r1");
        assertThat(registry.find("cooper.step.state").gauge()).isNull();
        assertThat(registry.get("cooper.run")
                        .tag("name", "a run")
                        .tag("mode", "rule")
                        .gauge()
                        .value())
                .isOne();

        committed(1, Map.of("seconds_total", 8.0));
        committed(2, Map.of("seconds_total", 3.0));
        committed(3, Map.of("seconds_total", 4.0));

        assertThat(value("cooper.step.seconds.median")).isEqualTo(4);
        double created = TestRuns.CREATED.toEpochMilli() / 1000.0;
        assertThat(value("cooper.step.started.timestamp.seconds")).isEqualTo(created);
        assertThat(value("cooper.step.committed.timestamp.seconds")).isEqualTo(created);
        assertThat(registry.get("cooper.step.state")
                        .tag("state", "COMMITTED")
                        .gauge()
                        .value())
                .isOne();
        assertThat(registry.get("cooper.step.state")
                        .tag("state", "SAMPLING")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void lastEvaluationIsShownWithEachOfItsSets() {
        ledger.create(
                TestRuns.queued("r1", "/data/train.jsonl"),
                new RunEvent(0, "r1", 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver("r1", "me", TestRuns.CREATED, Duration.ofMinutes(1));
        List<SetFigures> sets = List.of(
                new SetFigures("gsm8k", 15, 0, 0.75, 0.25, 0.875, 1, 20),
                new SetFigures("math500", 5, 1, 0.25, 0.125, 0.375, 1, 35));
        ledger.commit(new Move(
                TestRuns.begun(ledger.run("r1").orElseThrow(), RunState.RUNNING, ""),
                Optional.empty(),
                Optional.of(new Evaluation("r1", 0, 0, 20, 8, 0.5, 0.09, 1, 27.5, 3, TestRuns.CREATED, sets)),
                List.of(),
                List.of()));
        gauges.update("r1");

        assertThat(value("cooper.evaluation.accuracy")).isEqualTo(0.5);
        assertThat(value("cooper.evaluation.pass.at.k")).isEqualTo(0.625);
        assertThat(registry.get("cooper.evaluation.set.accuracy")
                        .tag("set", "math500")
                        .gauge()
                        .value())
                .isEqualTo(0.25);
        assertThat(registry.get("cooper.evaluation.set.pass.at.k")
                        .tag("set", "gsm8k")
                        .gauge()
                        .value())
                .isEqualTo(0.875);
    }
}
