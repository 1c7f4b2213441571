package dev.cooper.languagemodel.training;

/**
 * The loss of a policy update.
 *
 * @param clipLow the ratio is clipped at 1 − clipLow
 * @param clipHigh the ratio is clipped at 1 + clipHigh
 * @param dualClip bound on the loss of a token with negative advantage, in units of that advantage (usually 3); 0 for
 *     none
 * @param klCoefficient weight of the divergence from the reference policy; 0 for none
 * @param klEstimator how that divergence is estimated
 * @param aggregation how tokens become one number
 * @param constantLength what {@link Aggregation#SEQUENCE_SUM} divides a sequence's sum by
 * @param sequenceRatio whether all tokens of a sequence share the geometric mean of their ratios (GSPO)
 * @param importanceCap greatest weight exp(log π_old − log π_sampler) of a token sampled by an older policy; 0 for no
 *     weighting
 */
public record GrpoLossSettings(
        double clipLow,
        double clipHigh,
        double dualClip,
        double klCoefficient,
        KlEstimator klEstimator,
        Aggregation aggregation,
        double constantLength,
        boolean sequenceRatio,
        double importanceCap) {
    /** Clipping at 0.2 both ways, dual clip 3, no reference policy, mean over tokens. */
    public static final GrpoLossSettings STANDARD =
            new GrpoLossSettings(0.2, 0.2, 3, 0, KlEstimator.K3, Aggregation.TOKEN_MEAN, 1, false, 0);

    public GrpoLossSettings {
        require(clipLow >= 0 && clipLow < 1, "clipLow must be at least 0 and below 1", clipLow);
        require(clipHigh >= 0, "clipHigh must be at least 0", clipHigh);
        require(dualClip == 0 || dualClip > 1, "dualClip must be above 1, or 0 for none", dualClip);
        require(klCoefficient >= 0, "klCoefficient must be at least 0", klCoefficient);
        require(constantLength > 0, "constantLength must be positive", constantLength);
        require(importanceCap >= 0, "importanceCap must be at least 0 (0 for no weighting)", importanceCap);
    }

    private static void require(boolean holds, String rule, double value) {
        if (!holds) {
            throw new IllegalArgumentException("%s, not %s".formatted(rule, value));
        }
    }

    /** The same with a divergence term. */
    public GrpoLossSettings withKl(double coefficient, KlEstimator estimator) {
        return new GrpoLossSettings(
                clipLow,
                clipHigh,
                dualClip,
                coefficient,
                estimator,
                aggregation,
                constantLength,
                sequenceRatio,
                importanceCap);
    }

    /** The same with another clipping range. */
    public GrpoLossSettings withClip(double low, double high) {
        return new GrpoLossSettings(
                low,
                high,
                dualClip,
                klCoefficient,
                klEstimator,
                aggregation,
                constantLength,
                sequenceRatio,
                importanceCap);
    }

    /** The same with another dual clip. */
    public GrpoLossSettings withDualClip(double bound) {
        return new GrpoLossSettings(
                clipLow,
                clipHigh,
                bound,
                klCoefficient,
                klEstimator,
                aggregation,
                constantLength,
                sequenceRatio,
                importanceCap);
    }

    /** The same with another aggregation. */
    public GrpoLossSettings withAggregation(Aggregation other, double length) {
        return new GrpoLossSettings(
                clipLow, clipHigh, dualClip, klCoefficient, klEstimator, other, length, sequenceRatio, importanceCap);
    }

    /** The same with one ratio a sequence. */
    public GrpoLossSettings withSequenceRatio() {
        return new GrpoLossSettings(
                clipLow,
                clipHigh,
                dualClip,
                klCoefficient,
                klEstimator,
                aggregation,
                constantLength,
                true,
                importanceCap);
    }

    /** The same with truncated importance weights for stale samples. */
    public GrpoLossSettings withImportanceCap(double cap) {
        return new GrpoLossSettings(
                clipLow,
                clipHigh,
                dualClip,
                klCoefficient,
                klEstimator,
                aggregation,
                constantLength,
                sequenceRatio,
                cap);
    }
}
