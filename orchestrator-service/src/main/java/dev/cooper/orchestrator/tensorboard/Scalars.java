package dev.cooper.orchestrator.tensorboard;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.Step;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What was measured at one time.
 *
 * @param values by tag: a group, a slash and the metric's name
 */
record Scalars(long step, Instant at, Map<String, Double> values) {

    private static final Pattern OF_THE_REWARD_MODEL = Pattern.compile("(reward_|score_|pair|false_positive).*");
    private static final String SECONDS = "seconds_";
    /** The mean of the policy's rewards, whoever gave them. */
    private static final String REWARD_OF_THE_POLICY = "reward_mean|reward_std";

    Scalars {
        values = Map.copyOf(values);
    }

    /** Empty before the step is committed. */
    static Optional<Scalars> of(Step step) {
        Map<String, Double> values = new TreeMap<>();
        step.metrics().forEach((name, value) -> values.put(tag(name), value));
        return step.committedAt().filter(_ -> !values.isEmpty()).map(at -> new Scalars(step.number(), at, values));
    }

    static Scalars of(Evaluation evaluation) {
        return new Scalars(
                evaluation.step(),
                evaluation.finishedAt(),
                Map.of(
                        "evaluation/accuracy", evaluation.accuracy(),
                        "evaluation/standard_error", evaluation.standardError(),
                        "evaluation/format_share", evaluation.formatShare(),
                        "evaluation/length_mean", evaluation.meanLength()));
    }

    private static String tag(String metric) {
        if (metric.startsWith(SECONDS)) {
            return "seconds/" + metric.substring(SECONDS.length());
        }
        boolean reward = OF_THE_REWARD_MODEL.matcher(metric).matches() && !metric.matches(REWARD_OF_THE_POLICY);
        return (reward ? "reward/" : "policy/") + metric;
    }
}
