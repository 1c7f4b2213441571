package dev.cooper.cli.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What held-out problems said of a policy version; the mean over their sets where there are several.
 *
 * @param step after which it was measured; 0 is the initial policy
 * @param standardError of the accuracy over the problems
 * @param passAtK share of problems with a correct sample; null when the server does not know it
 * @param sets the figures of each set; empty when the server does not know them
 */
public record EvaluationView(
        long step,
        long policyVersion,
        int problems,
        int samples,
        double accuracy,
        double standardError,
        @Nullable Double passAtK,
        double formatShare,
        double meanLength,
        double seconds,
        List<SetView> sets) {
    public EvaluationView {
        sets = sets == null ? List.of() : List.copyOf(sets);
    }

    /** Without pass@k and the figures of each set. */
    public EvaluationView(
            long step,
            long policyVersion,
            int problems,
            int samples,
            double accuracy,
            double standardError,
            double formatShare,
            double meanLength,
            double seconds) {
        this(
                step,
                policyVersion,
                problems,
                samples,
                accuracy,
                standardError,
                null,
                formatShare,
                meanLength,
                seconds,
                List.of());
    }

    /**
     * What the problems of one set said.
     *
     * @param leftOut problems that were not scored: their reference cannot be read, or their group failed
     */
    public record SetView(
            String name,
            int problems,
            int leftOut,
            double accuracy,
            double standardError,
            double passAtK,
            double formatShare,
            double meanLength) {}
}
