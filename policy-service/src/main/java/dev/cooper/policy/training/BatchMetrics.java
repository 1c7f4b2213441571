package dev.cooper.policy.training;

import dev.cooper.languagemodel.training.PolicyMetrics;
import dev.cooper.policy.training.RewardedGroup.Rewarded;
import dev.cooper.policy.training.RewardedGroup.Usable;
import dev.cooper.proto.v1.VerdictKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The figures of a step by their names in the result. Means and shares are over all completions of usable groups. */
final class BatchMetrics {

    private BatchMetrics() {}

    /** What the batch alone tells. */
    static Map<String, Double> of(PolicyBatch batch) {
        List<Usable> usable = batch.usable();
        List<Rewarded> all =
                usable.stream().flatMap(group -> group.completions().stream()).toList();
        Map<String, Double> metrics = new TreeMap<>();
        double rewardMean = mean(all, Rewarded::reward);
        metrics.put("reward_mean", rewardMean);
        metrics.put("reward_std", Math.sqrt(mean(all, c -> Math.pow(c.reward() - rewardMean, 2))));
        metrics.put("rule_accuracy", share(all, c -> c.verdict() == VerdictKind.CORRECT));
        metrics.put("undecided_share", share(all, c -> c.verdict() == VerdictKind.UNDECIDED));
        metrics.put("format_share", share(all, Rewarded::answered));
        metrics.put("truncated_share", share(all, Rewarded::truncated));
        metrics.put("completion_length_mean", mean(all, c -> c.tokens().size()));
        metrics.put(
                "completion_length_min",
                all.stream().mapToDouble(c -> c.tokens().size()).min().orElse(0));
        metrics.put(
                "completion_length_max",
                all.stream().mapToDouble(c -> c.tokens().size()).max().orElse(0));
        metrics.put("groups_used", (double) usable.size());
        metrics.put("groups_excluded", (double) (batch.groups().size() - usable.size()));
        metrics.put(
                "groups_without_spread_share",
                usable.isEmpty() ? 0 : batch.groupsWithoutSpread() / (double) usable.size());
        double advantageMean = mean(batch.sequences(), s -> s.advantage());
        metrics.put("advantage_mean", advantageMean);
        metrics.put(
                "advantage_std", Math.sqrt(mean(batch.sequences(), s -> Math.pow(s.advantage() - advantageMean, 2))));
        metrics.put("advantage_abs_mean", mean(batch.sequences(), s -> Math.abs(s.advantage())));
        metrics.put(
                "tokens",
                batch.sequences().stream()
                        .mapToDouble(s -> s.completion().size())
                        .sum());
        return metrics;
    }

    /** What the update tells. */
    static Map<String, Double> of(PolicyMetrics update, double learningRate) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("loss", update.loss());
        metrics.put("kl", update.referenceKl());
        metrics.put("entropy", update.entropy());
        metrics.put("clip_low_share", update.clipLow());
        metrics.put("clip_high_share", update.clipHigh());
        metrics.put("grad_norm", update.gradientNorm());
        metrics.put("learning_rate", learningRate);
        metrics.put("mismatch_mean", update.mismatchMean());
        metrics.put("mismatch_max", update.mismatchMax());
        return metrics;
    }

    private static <T> double mean(List<T> values, ToDoubleFunction<T> value) {
        return values.stream().mapToDouble(value).average().orElse(0);
    }

    private static <T> double share(List<T> values, Predicate<T> holds) {
        return mean(values, value -> holds.test(value) ? 1 : 0);
    }
}
