package dev.cooper.languagemodel.tokens;

import java.util.Arrays;

/**
 * Natural logarithms of the probabilities of tokens, immutable; each is finite and at most a rounding error above 0.
 */
public final class LogProbs {
    private static final float ROUNDING = 1e-3f;

    private final float[] values;

    private LogProbs(float[] values) {
        this.values = values;
    }

    /** Copies values; a value that is not a log-probability is an {@link IllegalArgumentException}. */
    public static LogProbs of(float... values) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i]) || values[i] > ROUNDING) {
                throw new IllegalArgumentException(
                        "Log-probability %d is %s; it must be finite and at most 0".formatted(i, values[i]));
            }
        }
        return new LogProbs(values.clone());
    }

    /** Number of tokens. */
    public int size() {
        return values.length;
    }

    /** The value at a place. */
    public float get(int index) {
        return values[index];
    }

    /** A copy as an array. */
    public float[] toArray() {
        return values.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogProbs that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
