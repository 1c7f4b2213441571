package dev.cooper.orchestrator;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.Step;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The run that moved last, as gauges: its state, its step, and what the last committed step and the last evaluation
 * measured. Those of the run before it go, so that their number stays bounded. Their names are in docs/metrics.md.
 */
final class RunGauges {

    private record Series(Meter meter, AtomicReference<Double> value) {}

    private final RunLedger ledger;
    private final MeterRegistry registry;
    private final Map<String, Series> series = new HashMap<>();
    private String shown = "";

    RunGauges(RunLedger ledger, MeterRegistry registry) {
        this.ledger = ledger;
        this.registry = registry;
    }

    /** Brings the gauges to what the ledger has. */
    synchronized void update(String runId) {
        if (!shown.equals(runId)) {
            series.values().forEach(old -> registry.remove(old.meter()));
            series.clear();
            shown = runId;
        }
        ledger.run(runId).ifPresent(this::show);
    }

    private void show(Run run) {
        for (RunState state : RunState.values()) {
            set("cooper.run.state", Tags.of("state", state.name()), run.state() == state ? 1 : 0);
        }
        set("cooper.step", Tags.empty(), (double) run.step());
        set("cooper.steps.planned", Tags.empty(), run.spec().steps());
        set("cooper.policy.version", Tags.empty(), (double) run.policy().getNumber());
        // The step before has been committed for sure, should the open one not be.
        List<Step> steps = ledger.steps(run.id(), Math.max(1, run.step() - 1));
        steps.stream()
                .filter(step -> step.committedAt().isPresent())
                .reduce((_, later) -> later)
                .ifPresent(this::show);
        List<Evaluation> evaluations = ledger.evaluations(run.id());
        if (!evaluations.isEmpty()) {
            show(evaluations.getLast());
        }
    }

    private void show(Step step) {
        step.metrics().forEach((name, value) -> {
            if (name.startsWith("seconds_")) {
                set("cooper.step.seconds", Tags.of("part", name.substring("seconds_".length())), value);
            } else {
                set("cooper.policy." + name.toLowerCase(Locale.ROOT).replace('_', '.'), Tags.empty(), value);
            }
        });
    }

    private void show(Evaluation evaluation) {
        set("cooper.evaluation.accuracy", Tags.empty(), evaluation.accuracy());
        set("cooper.evaluation.standard.error", Tags.empty(), evaluation.standardError());
        set("cooper.evaluation.format.share", Tags.empty(), evaluation.formatShare());
        set("cooper.evaluation.length.mean", Tags.empty(), evaluation.meanLength());
    }

    private void set(String name, Tags tags, double value) {
        series.computeIfAbsent(name + tags, _ -> register(name, tags.and("run", shown)))
                .value()
                .set(value);
    }

    private Series register(String name, Tags tags) {
        AtomicReference<Double> value = new AtomicReference<>(0.0);
        Meter meter =
                Gauge.builder(name, value, AtomicReference::get).tags(tags).register(registry);
        return new Series(meter, value);
    }
}
