package dev.cooper.cli.experiment;

import dev.cooper.cli.client.EvaluationView;
import dev.cooper.cli.experiment.Figure.Curve;
import dev.cooper.cli.experiment.Figure.Place;
import dev.cooper.cli.experiment.RunRecord.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

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
            new Drawn("probe_accuracy", "Accuracy of the reward model on labelled completions"),
            new Drawn("probe_auc", "AUC of the reward model on labelled completions"),
            new Drawn("probe_ece", "Calibration error of the reward model on labelled completions"),
            new Drawn("kl", "KL to the initial policy (nats a token)"),
            new Drawn("entropy", "Entropy (nats a token)"),
            new Drawn("completion_length_mean", "Tokens a completion"),
            new Drawn("groups_without_spread_share", "Share of groups without spread"),
            new Drawn("pairs", "Pairs a step"),
            new Drawn("reward_pair_accuracy", "Share of pairs in the right order before the update"));

    private final List<ArmResults> arms;

    Curves(List<ArmResults> arms) {
        this.arms = List.copyOf(arms);
    }

    /** All that was measured in any run. */
    List<Figure> all(String prefix) {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure(prefix + "heldout-accuracy", "Held-out accuracy", true, Curves::heldOut));
        for (Drawn drawn : METRICS) {
            figures.add(figure(
                    prefix + drawn.metric().replace('_', '-'),
                    drawn.title(),
                    drawn.metric().startsWith("probe_"),
                    run -> metric(run, drawn.metric())));
        }
        return figures.stream().filter(figure -> !figure.isEmpty()).toList();
    }

    Figure heldOutAlone(String id, String title) {
        return figure(id, title, true, Curves::heldOut);
    }

    private Figure figure(
            String id, String title, boolean marked, Function<RunRecord, NavigableMap<Long, Double>> figures) {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < arms.size(); i++) {
            curves.add(new Curve(
                    arms.get(i).name(),
                    i % FigureDrawing.COLOURS.size(),
                    marked,
                    places(arms.get(i).runs().stream().map(figures).toList())));
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
