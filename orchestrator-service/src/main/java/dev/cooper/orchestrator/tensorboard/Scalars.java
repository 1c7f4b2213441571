package dev.cooper.orchestrator.tensorboard;

import dev.cooper.orchestrator.run.Evaluation;
import dev.cooper.orchestrator.run.SetFigures;
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

    private static final Pattern OF_THE_REWARD_MODEL = Pattern.compile("(reward_|score_|pair|probe_|false_positive).*");
    private static final String SECONDS = "seconds_";
    private static final String HACKING = "hacking_";
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
        Map<String, Double> values = new TreeMap<>();
        values.put("evaluation/accuracy", evaluation.accuracy());
        values.put("evaluation/standard_error", evaluation.standardError());
        values.put("evaluation/format_share", evaluation.formatShare());
        values.put("evaluation/length_mean", evaluation.meanLength());
        evaluation.passAtK().ifPresent(share -> values.put("evaluation/pass_at_k", share));
        if (evaluation.sets().size() > 1) {
            for (SetFigures set : evaluation.sets()) {
                values.put("evaluation/" + set.name() + "/accuracy", set.accuracy());
                values.put("evaluation/" + set.name() + "/standard_error", set.standardError());
                values.put("evaluation/" + set.name() + "/pass_at_k", set.passAtK());
            }
        }
        return new Scalars(evaluation.step(), evaluation.finishedAt(), values);
    }

    private static String tag(String metric) {
        if (metric.startsWith(SECONDS)) {
            return "seconds/" + metric.substring(SECONDS.length());
        }
        if (metric.startsWith(HACKING)) {
            return "hacking/" + metric.substring(HACKING.length());
        }
        boolean reward = OF_THE_REWARD_MODEL.matcher(metric).matches() && !metric.matches(REWARD_OF_THE_POLICY);
        return (reward ? "reward/" : "policy/") + metric;
    }
}
