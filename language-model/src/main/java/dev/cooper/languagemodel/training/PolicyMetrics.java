package dev.cooper.languagemodel.training;

/**
 * What a policy update did; means are over all tokens of the update.
 *
 * @param loss mean over its optimiser steps
 * @param gradientNorm before clipping, mean over its optimiser steps
 * @param optimizerSteps number of optimiser steps
 * @param tokens completion tokens
 * @param clipLow share of tokens clipped from below
 * @param clipHigh share of tokens clipped from above
 * @param dualClip share of tokens bounded by the dual clip
 * @param referenceKl estimated divergence from the reference policy; 0 without a divergence term
 * @param oldKl mean of log π_old − log π
 * @param entropy of the token distributions, in nats
 * @param mismatchMean mean |log π_sampler − log π_old|
 * @param mismatchMax greatest of these
 */
public record PolicyMetrics(
        double loss,
        double gradientNorm,
        int optimizerSteps,
        long tokens,
        double clipLow,
        double clipHigh,
        double dualClip,
        double referenceKl,
        double oldKl,
        double entropy,
        double mismatchMean,
        double mismatchMax) {}
