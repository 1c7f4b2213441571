package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.spec.RunSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How long a run will still take, from its last steps; before its first one from those of another run. */
final class TimeLeft {

    private static final int STEPS = 10;
    private static final String SECONDS = "seconds_total";

    private final RunLedger ledger;

    TimeLeft(RunLedger ledger) {
        this.ledger = ledger;
    }

    /** Seconds of training, without evaluations; empty when nothing was measured, or the run has ended. */
    Optional<Double> seconds(Run run, List<Run> all) {
        if (run.state().isFinal()) {
            return Optional.empty();
        }
        OptionalDouble own = secondsAStep(run);
        long left = run.spec().steps() - Math.max(0, run.step() - 1);
        return own.isPresent()
                ? Optional.of(own.getAsDouble() * left)
                : fromAnother(run, all).map(step -> step * left);
    }

    /** Of the newest run of the same model, as if time grew with the tokens that a step may have. */
    private Optional<Double> fromAnother(Run run, List<Run> all) {
        return all.reversed().stream()
                .filter(other -> !other.id().equals(run.id())
                        && other.step() > 0
                        && other.spec().mode() == run.spec().mode()
                        && other.spec().policy().equals(run.spec().policy()))
                .flatMap(other -> secondsAStep(other).stream()
                        .mapToObj(seconds -> seconds * tokens(run.spec()) / tokens(other.spec())))
                .findFirst();
    }

    private OptionalDouble secondsAStep(Run run) {
        return ledger.steps(run.id(), Math.max(1, run.step() - STEPS)).stream()
                .map(Step::metrics)
                .filter(metrics -> metrics.containsKey(SECONDS))
                .mapToDouble(metrics -> metrics.get(SECONDS))
                .average();
    }

    private static double tokens(RunSpec spec) {
        RunSpec.Sampling sampling = spec.sampling();
        return (double) sampling.promptsPerStep()
                * sampling.settings().getGroupSize()
                * sampling.settings().getMaxNewTokens();
    }
}
