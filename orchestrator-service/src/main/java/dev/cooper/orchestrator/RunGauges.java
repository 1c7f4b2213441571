package dev.cooper.orchestrator;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.SetFigures;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.spec.RunSpec;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The run that moved last, as gauges: its state, its step, and what the last committed step and the last evaluation
 * measured. Those of the run before it go, so that their number stays bounded. Their names are in docs/metrics.md.
 */
final class RunGauges {

    private static final String SECONDS = "seconds_";
    /** How many steps the usual time of a step is taken from. */
    private static final int USUAL_OF = 20;

    private static final String TOTAL = "seconds_total";
    private static final Set<String> POLICY_REWARDS = Set.of("reward_mean", "reward_std");
    /** Without its prefix it would be the number of groups with a pair, of which some may be left out. */
    private static final String PAIRS_TRAINED = "reward_pairs";

    private record Series(Meter meter, AtomicReference<Double> value) {}

    private final RunLedger ledger;
    private final MeterRegistry registry;
    private final Map<String, Series> series = new HashMap<>();
    /** Seconds that the run's last steps took, by their numbers. */
    private final NavigableMap<Long, Double> took = new TreeMap<>();

    private Set<String> ofStep = Set.of();
    private String shown = "";

    RunGauges(RunLedger ledger, MeterRegistry registry) {
        this.ledger = ledger;
        this.registry = registry;
    }

    /** Brings the gauges to what the ledger has. */
    synchronized void update(String runId) {
        if (!shown.equals(runId)) {
            Set.copyOf(series.keySet()).forEach(this::remove);
            ofStep = Set.of();
            took.clear();
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
        run.reward().ifPresent(version -> set("cooper.reward.version", Tags.empty(), (double) version.getNumber()));
        RunSpec spec = run.spec();
        set(
                "cooper.run",
                Tags.of("name", spec.name(), "mode", spec.mode().name().toLowerCase(Locale.ROOT)),
                1);
        // The step before has been committed for sure, should the open one not be.
        List<Step> steps = ledger.steps(run.id(), Math.max(0, run.step() - (took.isEmpty() ? USUAL_OF : 1)));
        showProgress(steps);
        steps.stream()
                .filter(step -> step.number() > 0 && step.committedAt().isPresent())
                .reduce((_, later) -> later)
                .ifPresent(this::show);
        List<Evaluation> evaluations = ledger.evaluations(run.id());
        if (!evaluations.isEmpty()) {
            show(evaluations.getLast());
        }
    }

    /** Where the last step is, since when, and how long one takes usually. */
    private void showProgress(List<Step> steps) {
        if (steps.isEmpty()) {
            return;
        }
        Step last = steps.getLast();
        for (StepState state : StepState.values()) {
            set("cooper.step.state", Tags.of("state", state.name()), last.state() == state ? 1 : 0);
        }
        set("cooper.step.started.timestamp.seconds", Tags.empty(), seconds(last.startedAt()));
        steps.stream()
                .flatMap(step -> step.committedAt().stream())
                .reduce((_, later) -> later)
                .ifPresent(at -> set("cooper.step.committed.timestamp.seconds", Tags.empty(), seconds(at)));
        for (Step step : steps) {
            Double seconds = step.metrics().get(TOTAL);
            if (seconds != null) {
                took.put(step.number(), seconds);
            }
        }
        while (took.size() > USUAL_OF) {
            took.pollFirstEntry();
        }
        if (!took.isEmpty()) {
            List<Double> sorted = took.values().stream().sorted().toList();
            set("cooper.step.seconds.median", Tags.empty(), sorted.get(sorted.size() / 2));
        }
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1000.0;
    }

    private void show(Step step) {
        Set<String> shownNow = new HashSet<>();
        step.metrics().forEach((metric, value) -> {
            Tags tags = metric.startsWith(SECONDS) ? Tags.of("part", metric.substring(SECONDS.length())) : Tags.empty();
            shownNow.add(set(metric.startsWith(SECONDS) ? "cooper.step.seconds" : gauge(metric), tags, value));
        });
        // What this step could not tell must not stand there from the one before.
        ofStep.stream().filter(key -> !shownNow.contains(key)).forEach(this::remove);
        ofStep = shownNow;
    }

    /**
     * What the reward model is, does and costs has a prefix of its own; the reward's mean and spread are the policy's.
     */
    private static String gauge(String metric) {
        if (metric.startsWith("hacking_")) {
            return "cooper." + metric.replace('_', '.');
        }
        if (metric.equals(PAIRS_TRAINED)) {
            return "cooper.reward.pairs.trained";
        }
        boolean ofReward = metric.startsWith("reward_") && !POLICY_REWARDS.contains(metric);
        String name = ofReward ? metric.substring("reward_".length()) : metric;
        boolean ofItsOwn = metric.startsWith("pair")
                || metric.startsWith("score_")
                || metric.startsWith("probe_")
                || metric.startsWith("false_positive");
        String prefix = ofReward || ofItsOwn ? "cooper.reward." : "cooper.policy.";
        return prefix + name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private void show(Evaluation evaluation) {
        set("cooper.evaluation.accuracy", Tags.empty(), evaluation.accuracy());
        set("cooper.evaluation.standard.error", Tags.empty(), evaluation.standardError());
        set("cooper.evaluation.format.share", Tags.empty(), evaluation.formatShare());
        set("cooper.evaluation.length.mean", Tags.empty(), evaluation.meanLength());
        evaluation.passAtK().ifPresent(share -> set("cooper.evaluation.pass.at.k", Tags.empty(), share));
        for (SetFigures set : evaluation.sets()) {
            Tags tags = Tags.of("set", set.name());
            set("cooper.evaluation.set.accuracy", tags, set.accuracy());
            set("cooper.evaluation.set.standard.error", tags, set.standardError());
            set("cooper.evaluation.set.pass.at.k", tags, set.passAtK());
        }
    }

    private String set(String name, Tags tags, double value) {
        String key = name + tags;
        series.computeIfAbsent(key, _ -> register(name, tags.and("run", shown)))
                .value()
                .set(value);
        return key;
    }

    private void remove(String key) {
        Series old = series.remove(key);
        if (old != null) {
            registry.remove(old.meter());
        }
    }

    private Series register(String name, Tags tags) {
        AtomicReference<Double> value = new AtomicReference<>(0.0);
        Meter meter =
                Gauge.builder(name, value, AtomicReference::get).tags(tags).register(registry);
        return new Series(meter, value);
    }
}
