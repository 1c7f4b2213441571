package dev.cooper.orchestrator.run;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What held-out problems said of a policy version. Where there are several sets each counts the same, however many
 * problems it has: the figures are the means of theirs, and the standard error is that of such a mean, the root of the
 * sum of their squares divided by their number.
 *
 * @param step the step after which it was evaluated; 0 for the initial policy
 * @param problems how many were scored, of all sets; those with an unreadable reference are not
 * @param samples a problem, k
 * @param accuracy mean over problems of the share of samples that are CORRECT
 * @param standardError of that mean over problems
 * @param formatShare share of completions with an answer that could be extracted
 * @param meanLength tokens a completion
 * @param sets in the order of the specification; empty in a row from before they were kept
 */
public record Evaluation(
        String runId,
        long step,
        long policyVersion,
        int problems,
        int samples,
        double accuracy,
        double standardError,
        double formatShare,
        double meanLength,
        double seconds,
        Instant finishedAt,
        List<SetFigures> sets) {
    public Evaluation {
        sets = List.copyOf(sets);
    }

    /** Without the figures of each set. */
    public Evaluation(
            String runId,
            long step,
            long policyVersion,
            int problems,
            int samples,
            double accuracy,
            double standardError,
            double formatShare,
            double meanLength,
            double seconds,
            Instant finishedAt) {
        this(
                runId,
                step,
                policyVersion,
                problems,
                samples,
                accuracy,
                standardError,
                formatShare,
                meanLength,
                seconds,
                finishedAt,
                List.of());
    }

    /** pass@k, the mean over the sets that have a scored problem; empty when no set is known. */
    public OptionalDouble passAtK() {
        return sets.stream()
                .filter(set -> set.problems() > 0)
                .mapToDouble(SetFigures::passAtK)
                .average();
    }
}
