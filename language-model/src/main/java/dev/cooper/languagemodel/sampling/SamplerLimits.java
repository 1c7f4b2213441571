package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.torch.Precision;

/**
 * How a sampler computes.
 *
 * @param rows most sequences decoded at the same time; more wait for a free row
 * @param contextLength longest prompt with its completion, in tokens
 * @param deterministic computes at shapes that follow from a sequence alone, and reads prompts one at a time, so that a
 *     completion does not depend on what else is sampled: products round differently at another number of rows
 * @param precision what is computed in: on weights in float32 whatever it is, or on those of a file in its own
 * @param cacheBytes memory for the keys and values of the sequences that are decoded at the same time: only as many are
 *     as fit
 */
public record SamplerLimits(int rows, int contextLength, boolean deterministic, Precision precision, long cacheBytes) {
    /** Memory for keys and values unless said otherwise. */
    public static final long STANDARD_CACHE_BYTES = 2L << 30;

    private static final int FEWEST_POSITIONS = 32;

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

    /** In float32, with as much memory for keys and values as is standard. */
    public SamplerLimits(int rows, int contextLength, boolean deterministic) {
        this(rows, contextLength, deterministic, Precision.FLOAT32, STANDARD_CACHE_BYTES);
    }

    /** The same but for what is computed in. */
    public SamplerLimits in(Precision computed) {
        return new SamplerLimits(rows, contextLength, deterministic, computed, cacheBytes);
    }

    /** The same with other memory for keys and values. */
    public SamplerLimits withCacheBytes(long bytes) {
        return new SamplerLimits(rows, contextLength, deterministic, precision, bytes);
    }

    /**
     * Positions that a sequence gets room for. When sampling is deterministic, all of them are computed at every token:
     * a power of two that is enough, and a function of nothing but the sequence.
     */
    public int positions(int promptTokens, int maxNewTokens) {
        int needed = (int) Math.min(contextLength, (long) promptTokens + maxNewTokens);
        if (!deterministic) {
            return needed;
        }
        int power = FEWEST_POSITIONS;
        while (power < needed) {
            power *= 2;
        }
        return Math.min(power, contextLength);
    }

    /** Bytes of one sequence's keys and values. */
    public long cacheBytes(CausalLanguageModel model, int positions) {
        return model.cacheBytes(precision, positions);
    }

    /**
     * Sequences whose keys and values fit, at most {@link #rows()}; 0 if not even one does.
     *
     * @param positions tokens that each of them has room for
     */
    public int fitting(CausalLanguageModel model, int positions) {
        return (int) Math.min(rows, cacheBytes / cacheBytes(model, positions));
    }

    /** As {@link #fitting}; not even one is an error that names cacheBytes. */
    int requireFitting(CausalLanguageModel model, int positions) {
        int fitting = fitting(model, positions);
        if (fitting == 0) {
            throw new IllegalArgumentException(("cacheBytes (%d) is too little for one sequence: the keys and values of"
                            + " %d tokens take %d bytes; raise it, or allow fewer tokens (contextLength, maxNewTokens)")
                    .formatted(cacheBytes, positions, cacheBytes(model, positions)));
        }
        return fitting;
    }
}
