package dev.cooper.cli.experiment;

import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.experiment.Experiment.Arm;
import dev.cooper.cli.experiment.Figure.Curve;
import dev.cooper.cli.experiment.Figure.Place;
import dev.cooper.cli.experiment.RunRecord.Probe;
import dev.cooper.cli.experiment.RunRecord.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/**
 * The figures of a report. A step's metric is the mean over that step and those shortly before it, in each run; then
 * come mean, lowest and highest over the runs of an arm.
 */
final class Curves {
    /** Steps that a moving mean looks at. */
    static final int WINDOW = 5;

    /** What is drawn, by its name among a step's metrics. */
    private record Drawn(String metric, String title) {}

    private static final List<Drawn> METRICS = List.of(
            new Drawn("reward_mean", "Training reward"),
            new Drawn("rule_accuracy", "Accuracy of the samples by the rule"),
            new Drawn("score_gap", "Score minus rule accuracy (the gap)"),
            new Drawn("reward_auc", "AUC of the reward model against the rule, own samples"),
            new Drawn("reward_accuracy", "Accuracy of the reward model against the rule, own samples"),
            new Drawn("false_positive_share", "Share of INCORRECT samples with a score above 0.5"),
            new Drawn("kl", "KL to the initial policy (nats a token)"),
            new Drawn("entropy", "Entropy (nats a token)"),
            new Drawn("completion_length_mean", "Tokens a completion"),
            new Drawn("groups_without_spread_share", "Share of groups without spread"),
            new Drawn("pairs", "Pairs a step"),
            new Drawn("reward_pair_accuracy", "Share of pairs in the right order before the update"));

    /** A figure of a reward model on labelled completions, and its name among a step's metrics. */
    private record Probed(String metric, String title, ToDoubleFunction<Probe> figure) {}

    private static final List<Probed> PROBES = List.of(
            new Probed("probe_accuracy", "Accuracy of the reward model on labelled completions", Probe::accuracy),
            new Probed("probe_auc", "AUC of the reward model on labelled completions", Probe::auc),
            new Probed(
                    "probe_ece",
                    "Calibration error of the reward model on labelled completions",
                    Probe::calibrationError));

    private final List<ArmResults> arms;
    private final Optional<Path> probe;

    /** @param probe labelled completions that reward models were judged on before and after the run */
    Curves(List<ArmResults> arms, Optional<Path> probe) {
        this.arms = List.copyOf(arms);
        this.probe = probe;
    }

    /** All that was measured in any run. */
    List<Figure> all(String prefix) {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure(prefix + "heldout-accuracy", "Held-out accuracy", true, (_, run) -> heldOut(run)));
        for (Drawn drawn : METRICS) {
            figures.add(
                    figure(prefix + id(drawn.metric()), drawn.title(), false, (_, run) -> metric(run, drawn.metric())));
        }
        for (Probed probed : PROBES) {
            figures.add(
                    figure(prefix + id(probed.metric()), probed.title(), true, (arm, run) -> probed(arm, run, probed)));
        }
        return figures.stream().filter(figure -> !figure.isEmpty()).toList();
    }

    Figure heldOutAlone(String id, String title) {
        return figure(id, title, true, (_, run) -> heldOut(run));
    }

    private static String id(String metric) {
        return metric.replace('_', '-');
    }

    private Figure figure(
            String id, String title, boolean marked, BiFunction<Arm, RunRecord, NavigableMap<Long, Double>> figures) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            ArmResults arm = arms.get(i);
            curves.add(new Curve(
                    arm.name(),
                    i % FigureDrawing.COLOURS.size(),
                    marked,
                    places(arm.runs().stream()
                            .map(run -> figures.apply(arm.arm(), run))
                            .toList())));
        }
        return new Figure(id, title, curves);
    }

    /** At the steps that any run has: one that paused itself early does not end the curve of the others. */
    private static List<Place> places(List<NavigableMap<Long, Double>> runs) {
        NavigableMap<Long, List<Double>> bySteps = new TreeMap<>();
        for (NavigableMap<Long, Double> run : runs) {
            run.forEach((step, figure) ->
                    bySteps.computeIfAbsent(step, _ -> new ArrayList<>()).add(figure));
        }
        List<Place> places = new ArrayList<>();
        bySteps.forEach((step, figures) -> {
            Spread spread = Spread.of(figures);
            places.add(new Place(step, spread.mean(), spread.low(), spread.high()));
        });
        return places;
    }

    private static NavigableMap<Long, Double> heldOut(RunRecord run) {
        NavigableMap<Long, Double> accuracies = new TreeMap<>();
        for (EvaluationView evaluation : run.evaluations()) {
            accuracies.put(evaluation.step(), evaluation.accuracy());
        }
        return accuracies;
    }

    /** What the run measured itself, if it did on the same completions, between what was measured before and after. */
    private NavigableMap<Long, Double> probed(Arm arm, RunRecord run, Probed probed) {
        NavigableMap<Long, Double> places = new TreeMap<>();
        String own = arm.run().path("reward").path("probe").path("path").asString("");
        if (probe.map(Path::toString).orElse(own).equals(own)) {
            places.putAll(metric(run, probed.metric()));
        }
        Probe before = run.probes().get(RunRecord.INITIAL);
        Probe after = run.probes().get(RunRecord.FINAL);
        if (before != null && after != null && !run.steps().isEmpty()) {
            places.put(0L, probed.figure().applyAsDouble(before));
            places.put(run.steps().getLast().step(), probed.figure().applyAsDouble(after));
        }
        return places;
    }

    /** The moving mean; sparse metrics, which most steps do not have, as they are. */
    private static NavigableMap<Long, Double> metric(RunRecord run, String metric) {
        NavigableMap<Long, Double> raw = new TreeMap<>();
        for (Step step : run.steps()) {
            Double figure = step.metrics().get(metric);
            if (figure != null && Double.isFinite(figure)) {
                raw.put(step.step(), figure);
            }
        }
        NavigableMap<Long, Double> smooth = new TreeMap<>();
        for (Map.Entry<Long, Double> entry : raw.entrySet()) {
            smooth.put(
                    entry.getKey(),
                    raw.subMap(entry.getKey() - WINDOW + 1, entry.getKey() + 1).values().stream()
                            .mapToDouble(figure -> figure)
                            .average()
                            .orElseThrow());
        }
        return smooth;
    }
}
