package dev.cooper.languagemodel.config;

/**
 * What is done to the inverse frequencies of rotary positions so that a model reads further than it was first taught.
 */
public sealed interface RopeScaling {
    /** Nothing ({@code "rope_type": "default"}). */
    RopeScaling NONE = new None();

    /** Nothing ({@code "rope_type": "default"}). */
    record None() implements RopeScaling {}

    /**
     * All frequencies divided by one factor ({@code "rope_type": "linear"}).
     *
     * @param factor at least 1
     */
    record Linear(double factor) implements RopeScaling {
        public Linear {
            requireFactor(factor);
        }
    }

    /**
     * Llama 3.1's ({@code "rope_type": "llama3"}): wavelengths above originalMaxPositions / lowFreqFactor are stretched
     * by the factor, those below originalMaxPositions / highFreqFactor stay, and between the two it goes smoothly.
     *
     * @param factor at least 1
     * @param lowFreqFactor above 0
     * @param highFreqFactor above lowFreqFactor
     * @param originalMaxPositions positions of the first training
     */
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalMaxPositions)
            implements RopeScaling {
        public Llama3 {
            requireFactor(factor);
            if (!(lowFreqFactor > 0) || !(highFreqFactor > lowFreqFactor) || Double.isInfinite(highFreqFactor)) {
                throw new IllegalArgumentException(
                        "low_freq_factor (%s) must be above 0, and high_freq_factor (%s) above it"
                                .formatted(lowFreqFactor, highFreqFactor));
            }
            if (originalMaxPositions < 1) {
                throw new IllegalArgumentException(
                        "original_max_position_embeddings must be positive, not " + originalMaxPositions);
            }
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("The rope factor must be at least 1, not " + factor);
        }
    }
}
