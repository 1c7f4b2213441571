package dev.cooper.orchestrator.run;

/**
 * What one set of held-out problems said of a policy version.
 *
 * @param problems how many were scored
 * @param leftOut how many were not: their reference cannot be read, or their group failed on the way
 * @param accuracy mean@k: mean over problems of the share of their k samples that are CORRECT
 * @param standardError of that mean: the standard deviation over problems (n-1) divided by the root of their number
 * @param passAtK share of problems with a CORRECT sample among the k
 * @param formatShare share of completions with an answer that could be extracted
 * @param meanLength tokens a completion
 */
public record SetFigures(
        String name,
        int problems,
        int leftOut,
        double accuracy,
        double standardError,
        double passAtK,
        double formatShare,
        double meanLength) {}
