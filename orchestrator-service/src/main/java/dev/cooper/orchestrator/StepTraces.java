package dev.cooper.orchestrator;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepInstants;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.platform.tracing.Tracing.Passed;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of steps as traces, once each is committed: the whole, and what it waited for. It reads the steps' rows, so
 * that the times are those that everybody sees, whoever drove the step. For the thread that drives runs.
 */
final class StepTraces {

    private static final String SECONDS = "seconds_";

    private final RunLedger ledger;
    private final Tracing tracing;

    /** The step that is told next, by run: from the one at which this process first saw the run move. */
    private final Map<String, Long> next = new HashMap<>();

    StepTraces(RunLedger ledger, Tracing tracing) {
        this.ledger = ledger;
        this.tracing = tracing;
    }

    /** The run has moved. */
    void update(String runId) {
        Optional<Run> found = ledger.run(runId);
        if (found.isEmpty()) {
            next.remove(runId);
            return;
        }
        Run run = found.get();
        for (Step step : ledger.steps(runId, next.computeIfAbsent(runId, _ -> run.step()))) {
            Optional<Instant> committed = step.committedAt();
            if (committed.isEmpty()) {
                break;
            }
            tell(step, step.instants(), committed.get());
            next.put(runId, step.number() + 1);
        }
        if (run.state().isFinal()) {
            next.remove(runId);
        }
    }

    private void tell(Step step, StepInstants at, Instant committed) {
        Instant trained = at.trainedAt().orElse(committed);
        at.frozenAt().ifPresent(frozen -> {
            part(step, "sampling and scoring", at.startedAt(), frozen);
            part(step, "training the policy", frozen, trained);
        });
        at.pairedAt().ifPresent(paired -> {
            part(step, "waiting for pairs", trained, paired);
            part(step, "training the reward model", paired, committed);
        });
        Map<String, Object> seconds = new HashMap<>();
        step.metrics().forEach((name, value) -> {
            if (name.startsWith(SECONDS)) {
                seconds.put("cooper." + name, value);
            }
        });
        tracing.stepEnded(step.runId(), step.number(), new Passed("step", at.startedAt(), committed, seconds));
    }

    private void part(Step step, String name, Instant from, Instant to) {
        tracing.partEnded(step.runId(), step.number(), new Passed(name, from, to, Map.of()));
    }
}
