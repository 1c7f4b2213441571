package dev.cooper.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepInstants;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.run.TestingRunLedger;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.platform.tracing.Tracing.Passed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepTracesTest {

    private final TestingRunLedger ledger = new TestingRunLedger();
    private final List<String> told = new ArrayList<>();
    private final Tracing tracing = new Tracing() {
        @Override
        public void stepEnded(String runId, long step, Passed whole) {
            told.add(step + " " + whole.name() + " " + length(whole) + " " + whole.attributes());
        }

        @Override
        public void partEnded(String runId, long step, Passed part) {
            told.add(step + " " + part.name() + " " + length(part));
        }
    };

    private static Duration length(Passed passed) {
        return Duration.between(passed.from(), passed.to());
    }

    private void begin() {
        ledger.create(
                Run.queued("r1", TestRuns.spec("/data/train.jsonl"), TestRuns.CREATED),
                new RunEvent(0, "r1", 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver("r1", "me", TestRuns.CREATED, Duration.ofMinutes(1));
    }

    private void move(long number, StepState state) {
        Run run = TestRuns.begun(ledger.run("r1").orElseThrow(), RunState.RUNNING, "");
        Step made = TestRuns.step("r1", number, state, number - 1, number);
        boolean committed = state == StepState.COMMITTED;
        Instant frozen = TestRuns.CREATED.plusSeconds(3);
        Step step = new Step(
                "r1",
                number,
                state,
                made.policy(),
                made.reward(),
                Map.of("seconds_total", 5.0, "reward_mean", 0.5),
                new StepInstants(
                        TestRuns.CREATED,
                        Optional.of(frozen).filter(_ -> committed),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(frozen.plusSeconds(2)).filter(_ -> committed)));
        ledger.commit(new Move(run, Optional.of(step), Optional.empty(), List.of(), List.of()));
    }

    @Test
    void aStepIsToldOnceWhenItIsCommittedWithWhereItsTimeWent() {
        begin();
        StepTraces traces = new StepTraces(ledger, tracing);
        move(2, StepState.SAMPLING);
        traces.update("r1");
        assertThat(told).isEmpty();
        move(2, StepState.COMMITTED);
        traces.update("r1");
        traces.update("r1");
        move(3, StepState.COMMITTED);
        traces.update("r1");

        assertThat(told)
                .containsExactly(
                        "2 sampling and scoring PT3S",
                        "2 training the policy PT2S",
                        "2 step PT5S {cooper.seconds_total=5.0}",
                        "3 sampling and scoring PT3S",
                        "3 training the policy PT2S",
                        "3 step PT5S {cooper.seconds_total=5.0}");
    }

    @Test
    void aRunThatIsGoneIsForgotten() {
        new StepTraces(ledger, tracing).update("never");
        assertThat(told).isEmpty();
    }
}
