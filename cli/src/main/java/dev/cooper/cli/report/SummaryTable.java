package dev.cooper.cli.report;

import dev.cooper.cli.client.EvaluationView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures that a run is judged by, before and after. */
public final class SummaryTable {
    private final List<Row> rows = new ArrayList<>();

    /** One figure; a figure of the whole run has nothing before. */
    record Row(String label, String before, String after) {}

    public SummaryTable(RunResult result) {
        addAccuracy(result.evaluations());
        addTraining(result);
        addTimes(result);
    }

    private void addAccuracy(List<EvaluationView> evaluations) {
        if (evaluations.isEmpty()) {
            return;
        }
        EvaluationView before = evaluations.getFirst();
        EvaluationView after = evaluations.getLast();
        rows.add(new Row("held-out accuracy", accuracy(before), accuracy(after)));
        rows.add(new Row("  problems × samples", size(before), size(after)));
        rows.add(new Row("  answer readable", percent(before.formatShare()), percent(after.formatShare())));
        rows.add(new Row(
                "  tokens a completion", number("%.1f", before.meanLength()), number("%.1f", after.meanLength())));
    }

    private void addTraining(RunResult result) {
        String edge = " (mean of " + result.edge() + " steps)";
        addMetric(result, "reward" + edge, "reward_mean", "%.3f");
        addMetric(result, "rule accuracy", "rule_accuracy", "%.3f");
        addMetric(result, "KL to the initial policy", "kl", "%.4f");
        addMetric(result, "entropy", "entropy", "%.3f");
        addMetric(result, "tokens a completion", "completion_length_mean", "%.1f");
    }

    private void addMetric(RunResult result, String label, String metric, String format) {
        rows.add(new Row(label, number(format, result.early(metric)), number(format, result.late(metric))));
    }

    private void addTimes(RunResult result) {
        whole("tokens/s, sampling", number("%,.0f", result.sampledTokensPerSecond()));
        whole("tokens/s, training", number("%,.0f", result.trainedTokensPerSecond()));
        whole("time sampling", seconds(result.seconds("sampling")));
        whole("time training", seconds(result.seconds("training")));
        whole("time neither of both", seconds(result.seconds("overhead")) + " = " + percent(result.overheadShare()));
        whole("time evaluating", seconds(result.evaluationSeconds()));
        whole("time to start", seconds(result.startup().toMillis() / 1000.0));
        whole("time in all", duration(result.total()));
        whole("peak memory", result.memory().toString());
    }

    private void whole(String label, String value) {
        rows.add(new Row(label, "", value));
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    /** Aligned text, a line a figure. */
    public String text() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-34s %16s  %s%n", "", "before", "after"));
        for (Row row : rows) {
            text.append(String.format(Locale.ROOT, "%-34s %16s  %s%n", row.label(), row.before(), row.after()));
        }
        return text.toString();
    }

    private static String accuracy(EvaluationView evaluation) {
        return String.format(
                Locale.ROOT, "%.1f%% ± %.1f", 100 * evaluation.accuracy(), 100 * evaluation.standardError());
    }

    private static String size(EvaluationView evaluation) {
        return evaluation.problems() + " × " + evaluation.samples();
    }

    private static String percent(double share) {
        return number("%.1f%%", 100 * share);
    }

    private static String seconds(double seconds) {
        return number("%.1f s", seconds);
    }

    private static String duration(Duration duration) {
        return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    }
}
