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
        addRewardModel(result);
        addPairs(result);
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
        if (after.passAtK() != null) {
            rows.add(new Row("  pass@" + after.samples(), passAtK(before), passAtK(after)));
        }
        if (after.sets().size() > 1) {
            after.sets().forEach(set -> rows.add(new Row("  " + set.name(), ofSet(before, set), ofSet(after, set))));
        }
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

    private void addRewardModel(RunResult result) {
        if (!result.has("score_mean")) {
            return;
        }
        addMetric(result, "score of the reward model", "score_mean", "%.3f");
        addMetric(result, "  minus rule accuracy", "score_gap", "%+.3f");
        addMetric(result, "  accuracy against the rule", "reward_accuracy", "%.3f");
        addMetric(result, "  AUC against the rule", "reward_auc", "%.3f");
        addMetric(result, "  over 0.5 though INCORRECT", "false_positive_share", "%.3f");
    }

    private void addPairs(RunResult result) {
        if (!result.has("pairs")) {
            return;
        }
        addMetric(result, "pairs a step", "pairs", "%.1f");
        addCount(result, "  with the first text", "pairs_at_attempt_1");
        addMetric(result, "  words, wrong over right side", "pair_length_ratio_mean", "%.2f");
        addMetric(result, "  a copy but for one number", "pair_digit_copy_share", "%.3f");
        addMetric(result, "  in the right order, untrained", "reward_pair_accuracy", "%.3f");
        addMetric(result, "  margin, untrained", "reward_margin_mean", "%+.2f");
        addMetric(result, "groups without a pair, a step", "pairs_none", "%.1f");
        result.noPairReasons().forEach(reason -> addCount(result, "  " + words(reason), reason));
    }

    private void addCount(RunResult result, String label, String metric) {
        rows.add(new Row(label, number("%.1f", result.earlyCount(metric)), number("%.1f", result.lateCount(metric))));
    }

    /** "nothing correct" of pairs_none_nothing_correct. */
    private static String words(String metric) {
        return metric.substring(RunResult.NO_PAIR.length()).replace('_', ' ');
    }

    private void addMetric(RunResult result, String label, String metric, String format) {
        rows.add(new Row(label, number(format, result.early(metric)), number(format, result.late(metric))));
    }

    private void addTimes(RunResult result) {
        whole("tokens/s, sampling", number("%,.0f", result.sampledTokensPerSecond()));
        whole("tokens/s, training", number("%,.0f", result.trainedTokensPerSecond()));
        whole("time sampling", seconds(result.seconds("sampling")));
        whole("time training", seconds(result.seconds("training")));
        if (result.has("score_mean")) {
            whole("time of co-optimisation", coOptimisation(result));
        }
        whole(
                // Groups are scored after they are sampled, and mostly while nothing else goes on.
                result.has("score_mean") ? "time in between, scoring too" : "time of the platform itself",
                seconds(result.seconds("overhead")) + " = " + percent(result.share("overhead")));
        whole("time evaluating", seconds(result.evaluationSeconds()));
        whole("time to start", seconds(result.startup().toMillis() / 1000.0));
        whole("time in all", duration(result.total()));
        whole("peak memory", result.memory().toString());
    }

    /** What a run in mode rule would not have spent. */
    private static String coOptimisation(RunResult result) {
        StringBuilder parts = new StringBuilder();
        for (RunResult.Cost cost : result.coOptimisation()) {
            parts.append(parts.isEmpty() ? "" : ", ")
                    .append(cost.name())
                    .append(' ')
                    .append(seconds(cost.seconds()));
        }
        double sum = result.coOptimisation().stream()
                .mapToDouble(RunResult.Cost::seconds)
                .sum();
        return seconds(sum) + " = " + percent(sum / result.seconds("total")) + " (" + parts + ")";
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
        return accuracy(evaluation.accuracy(), evaluation.standardError());
    }

    private static String accuracy(double mean, double standardError) {
        return String.format(Locale.ROOT, "%.1f%% ± %.1f", 100 * mean, 100 * standardError);
    }

    private static String ofSet(EvaluationView evaluation, EvaluationView.SetView wanted) {
        return evaluation.sets().stream()
                .filter(set -> set.name().equals(wanted.name()))
                .findFirst()
                .map(set -> accuracy(set.accuracy(), set.standardError()))
                .orElse("-");
    }

    private static String passAtK(EvaluationView evaluation) {
        return evaluation.passAtK() == null ? "-" : percent(evaluation.passAtK());
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
