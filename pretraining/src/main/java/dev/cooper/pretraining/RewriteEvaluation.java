package dev.cooper.pretraining;

/**
 * How a model does as the assistant that makes right solutions wrong, at temperature {@value #TEMPERATURE}.
 *
 * @param positives right solutions that it was given: its own, of held-out problems, sampled at temperature 1
 * @param wrongAtFirst share whose first rewrite boxes a wrong number
 * @param paired share of which one of the first {@value #ATTEMPTS} rewrites does
 */
public record RewriteEvaluation(int positives, double wrongAtFirst, double paired) {
    /** Rewrites that are tried. */
    public static final int ATTEMPTS = 3;

    static final double TEMPERATURE = 0.7;
}
