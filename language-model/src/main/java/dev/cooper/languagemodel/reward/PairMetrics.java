package dev.cooper.languagemodel.reward;

/**
 * What an update from pairs did; all but the last margin are of the model before it.
 *
 * @param pairs number of pairs
 * @param loss mean over the pairs
 * @param accuracy share of pairs whose positive has the higher logit
 * @param marginMean mean of the positive's logit less the negative's
 * @param marginAfterMean the same after the update
 * @param gradientNorm before clipping
 * @param tokens of both sides of all pairs
 */
public record PairMetrics(
        int pairs,
        double loss,
        double accuracy,
        double marginMean,
        double marginAfterMean,
        double gradientNorm,
        long tokens) {}
