package dev.cooper.cli.client;

/**
 * What held-out problems said of a policy version.
 *
 * @param step after which it was measured; 0 is the initial policy
 * @param standardError of the accuracy over the problems
 */
public record EvaluationView(
        long step,
        long policyVersion,
        int problems,
        int samples,
        double accuracy,
        double standardError,
        double formatShare,
        double meanLength,
        double seconds) {}
