package dev.cooper.languagemodel.sampling;

/**
 * Shapes that a sampler computes at.
 *
 * @param rows sequences decoded at the same time; more wait for a free row
 * @param contextLength longest prompt with its completion, in tokens
 * @param deterministic always computes at exactly this shape, and reads prompts one at a time, so that a completion
 *     does not depend on what else is sampled: float32 products round differently at another number of rows
 */
public record SamplerLimits(int rows, int contextLength, boolean deterministic) {
    public SamplerLimits {
        if (rows < 1) {
            throw new IllegalArgumentException("rows must be at least 1, not " + rows);
        }
        if (contextLength < 2) {
            throw new IllegalArgumentException("contextLength must be at least 2, not " + contextLength);
        }
    }
}
