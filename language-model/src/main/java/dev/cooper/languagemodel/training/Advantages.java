package dev.cooper.languagemodel.training;

import java.util.Arrays;

/**
 * Group-relative advantages: how much better a completion is than the others of its prompt (Shao et al., DeepSeekMath,
 * 2024; without division: Liu et al., "Dr. GRPO", 2025).
 */
public final class Advantages {
    private Advantages() {}

    /**
     * How rewards become advantages.
     *
     * @param divideByDeviation whether to divide by the group's standard deviation (unbiased) plus epsilon
     * @param epsilon added to the deviation
     * @param leaveOneOut whether the baseline of a completion is the mean of the others
     */
    public record Options(boolean divideByDeviation, double epsilon, boolean leaveOneOut) {
        /** Division by the deviation with epsilon 1e-6, baseline of all. */
        public static final Options STANDARD = new Options(true, 1e-6, false);

        public Options {
            if (!(epsilon >= 0)) {
                throw new IllegalArgumentException("epsilon must be at least 0, not " + epsilon);
            }
        }
    }

    /**
     * Advantages of the completions of one prompt, in order. A group of one, or whose rewards are all equal, teaches
     * nothing: zeros.
     *
     * @throws IllegalArgumentException for a reward that is not finite
     */
    public static double[] groupRelative(double[] rewards, Options options) {
        double[] advantages = new double[rewards.length];
        for (int i = 0; i < rewards.length; i++) {
            if (!Double.isFinite(rewards[i])) {
                throw new IllegalArgumentException("Reward %d is %s; it must be finite".formatted(i, rewards[i]));
            }
        }
        if (rewards.length < 2 || Arrays.stream(rewards).allMatch(reward -> reward == rewards[0])) {
            return advantages;
        }
        double sum = Arrays.stream(rewards).sum();
        double mean = sum / rewards.length;
        double squares =
                Arrays.stream(rewards).map(r -> (r - mean) * (r - mean)).sum();
        double deviation = Math.sqrt(squares / (rewards.length - 1));
        for (int i = 0; i < rewards.length; i++) {
            double baseline = options.leaveOneOut ? (sum - rewards[i]) / (rewards.length - 1) : mean;
            double difference = rewards[i] - baseline;
            advantages[i] = options.divideByDeviation ? difference / (deviation + options.epsilon) : difference;
        }
        return advantages;
    }
}
