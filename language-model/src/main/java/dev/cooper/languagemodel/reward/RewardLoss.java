package dev.cooper.languagemodel.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.torch.Losses;
import dev.cooper.languagemodel.torch.Transfers;

/**
 * The losses of a reward model and their derivatives in float64, computed where the logits are. The denominator is the
 * number of terms of the whole step, so that the terms of a step add up to its mean however they are split.
 */
public final class RewardLoss {
    private RewardLoss() {}

    /**
     * Of pairs: {@code −log σ(margin) / denominator} each, Bradley and Terry's likelihood that the positive is
     * preferred.
     *
     * @param logits [2 · pairs], of positive and negative by turns
     * @return with the sums of loss, of pairs with a positive margin, and of margins
     */
    public static Losses.Part ofPairs(NDArray logits, double denominator) {
        checkDenominator(denominator);
        return Losses.pairs(logits, denominator);
    }

    /**
     * Of labelled examples, binary cross-entropy: {@code −(y·log σ(logit) + (1−y)·log(1−σ(logit))) / denominator} each.
     *
     * @param logits [examples]
     * @param labels the probability y of each that the completion is correct, in [0, 1]
     * @return with the sums of loss, and of examples whose score and label are on the same side of a half
     */
    public static Losses.Part ofLabels(NDArray logits, double[] labels, double denominator) {
        checkDenominator(denominator);
        for (double label : labels) {
            if (!(label >= 0 && label <= 1)) {
                throw new IllegalArgumentException("A label must be between 0 and 1, not " + label);
            }
        }
        return Losses.labels(
                logits, Transfers.send(logits.getManager(), labels, new Shape(labels.length)), denominator);
    }

    private static void checkDenominator(double denominator) {
        if (!(denominator > 0)) {
            throw new IllegalArgumentException("The denominator must be above 0, not " + denominator);
        }
    }
}
