package dev.cooper.orchestrator.run;

import java.time.Instant;

/**
 * What held-out problems said of a policy version.
 *
 * @param step the step after which it was evaluated; 0 for the initial policy
 * @param problems how many were scored; those with an unreadable reference are not
 * @param samples a problem
 * @param accuracy mean over problems of the share of samples that are CORRECT
 * @param standardError of that mean: the standard deviation over problems (n-1) divided by the root of their number
 * @param formatShare share of completions with an answer that could be extracted
 * @param meanLength tokens a completion
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
        Instant finishedAt) {}
