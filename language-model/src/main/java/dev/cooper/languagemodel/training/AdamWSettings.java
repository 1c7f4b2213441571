package dev.cooper.languagemodel.training;

/**
 * The optimiser.
 *
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon added to the root of the second moment
 * @param weightDecay of matrices; norms and biases have none
 * @param maxGradientNorm gradients are scaled down to this global norm
 */
public record AdamWSettings(double beta1, double beta2, double epsilon, double weightDecay, double maxGradientNorm) {
    /** 0.9, 0.999, 1e-8, no weight decay, norm 1. */
    public static final AdamWSettings STANDARD = new AdamWSettings(0.9, 0.999, 1e-8, 0, 1);

    public AdamWSettings {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "beta1 and beta2 must be at least 0 and below 1, not %s and %s".formatted(beta1, beta2));
        }
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("epsilon must be positive, not " + epsilon);
        }
        if (!(weightDecay >= 0)) {
            throw new IllegalArgumentException("weightDecay must be at least 0, not " + weightDecay);
        }
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("maxGradientNorm must be positive, not " + maxGradientNorm);
        }
    }
}
