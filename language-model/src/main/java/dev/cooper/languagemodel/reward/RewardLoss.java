package dev.cooper.languagemodel.reward;

/**
 * The losses of a reward model and their derivatives. The denominator is the number of terms of the whole step, so that
 * the terms of a step add up to its mean however they are split.
 */
public final class RewardLoss {
    private RewardLoss() {}

    /**
     * One term.
     *
     * @param loss its share of the step's mean
     * @param derivative of that by the term's input
     */
    public record Term(double loss, double derivative) {}

    /**
     * Of a pair: {@code −log σ(margin) / denominator}, Bradley and Terry's likelihood that the positive is preferred.
     *
     * @param margin logit of the positive less that of the negative
     */
    public static Term ofPair(double margin, double denominator) {
        checkDenominator(denominator);
        return new Term(Logistic.softplus(-margin) / denominator, -Logistic.sigmoid(-margin) / denominator);
    }

    /**
     * Of a labelled example, binary cross-entropy: {@code −(y·log σ(logit) + (1−y)·log(1−σ(logit))) / denominator}.
     *
     * @param label the probability y that the completion is correct, in [0, 1]
     */
    public static Term ofLabel(double logit, double label, double denominator) {
        checkDenominator(denominator);
        if (!(label >= 0 && label <= 1)) {
            throw new IllegalArgumentException("A label must be between 0 and 1, not " + label);
        }
        return new Term(
                (Logistic.softplus(logit) - label * logit) / denominator,
                (Logistic.sigmoid(logit) - label) / denominator);
    }

    private static void checkDenominator(double denominator) {
        if (!(denominator > 0)) {
            throw new IllegalArgumentException("The denominator must be above 0, not " + denominator);
        }
    }
}
