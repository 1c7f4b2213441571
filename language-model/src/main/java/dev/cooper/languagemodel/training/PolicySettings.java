package dev.cooper.languagemodel.training;

/**
 * A policy update.
 *
 * @param loss the loss
 * @param optimizer the optimiser
 * @param temperature at which completions were sampled: log-probabilities are of that distribution
 * @param miniBatches optimiser steps an update; the sequences are divided evenly in their order
 * @param tokenBudget most tokens of one forward pass; the result depends on it only by rounding
 * @param checkpointing keeps only each layer's input for the way back and computes the layer once more: less memory for
 *     a third more time, with the same gradients
 */
public record PolicySettings(
        GrpoLossSettings loss,
        AdamWSettings optimizer,
        double temperature,
        int miniBatches,
        int tokenBudget,
        boolean checkpointing) {
    /** One optimiser step an update at temperature 1. */
    public static final PolicySettings STANDARD =
            new PolicySettings(GrpoLossSettings.STANDARD, AdamWSettings.STANDARD, 1, 1, 1024, false);

    public PolicySettings {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be positive for training, not " + temperature);
        }
        if (miniBatches < 1) {
            throw new IllegalArgumentException("miniBatches must be at least 1, not " + miniBatches);
        }
        if (tokenBudget < 1) {
            throw new IllegalArgumentException("tokenBudget must be at least 1, not " + tokenBudget);
        }
    }
}
