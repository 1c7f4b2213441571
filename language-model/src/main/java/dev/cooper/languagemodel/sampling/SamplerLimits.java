package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.model.CausalLanguageModel;

/**
 * Shapes that a sampler computes at.
 *
 * @param rows most sequences decoded at the same time; more wait for a free row
 * @param contextLength longest prompt with its completion, in tokens
 * @param deterministic always computes at exactly the same shape, and reads prompts one at a time, so that a completion
 *     does not depend on what else is sampled: float32 products round differently at another number of rows
 * @param cacheBytes memory for the keys and values of the sequences that are decoded at the same time: only as many are
 *     as fit
 */
public record SamplerLimits(int rows, int contextLength, boolean deterministic, long cacheBytes) {
    public SamplerLimits {
        if (rows < 1) {
            throw new IllegalArgumentException("rows must be at least 1, not " + rows);
        }
        if (contextLength < 2) {
            throw new IllegalArgumentException("contextLength must be at least 2, not " + contextLength);
        }
        if (cacheBytes < 1) {
            throw new IllegalArgumentException("cacheBytes must be at least 1, not " + cacheBytes);
        }
    }

    /** Limits of the number of rows, whatever memory they take. */
    public SamplerLimits(int rows, int contextLength, boolean deterministic) {
        this(rows, contextLength, deterministic, Long.MAX_VALUE);
    }

    /**
     * Sequences whose keys and values fit, at most {@link #rows()}; 0 if not even one does.
     *
     * @param positions tokens that each of them has room for
     */
    public int fitting(CausalLanguageModel model, int positions) {
        return (int) Math.min(rows, cacheBytes / model.cacheBytes(positions));
    }

    /** As {@link #fitting}; not even one is an error that names cacheBytes. */
    int requireFitting(CausalLanguageModel model, int positions) {
        int fitting = fitting(model, positions);
        if (fitting == 0) {
            throw new IllegalArgumentException(("cacheBytes (%d) is too little for one sequence: the keys and values of"
                            + " %d tokens take %d bytes; raise it, or allow fewer tokens (contextLength, maxNewTokens)")
                    .formatted(cacheBytes, positions, model.cacheBytes(positions)));
        }
        return fitting;
    }
}
