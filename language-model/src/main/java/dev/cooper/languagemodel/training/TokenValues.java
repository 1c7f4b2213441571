package dev.cooper.languagemodel.training;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** A number for each token of a completion, immutable. */
public final class TokenValues {
    private final double[] values;

    private TokenValues(double[] values) {
        this.values = values;
    }

    /** Copies values. */
    public static TokenValues of(double... values) {
        return new TokenValues(values.clone());
    }

    /** Computes values. */
    public static TokenValues of(int size, IntToDoubleFunction value) {
        double[] values = new double[size];
        Arrays.setAll(values, value);
        return new TokenValues(values);
    }

    /** Number of tokens. */
    public int size() {
        return values.length;
    }

    /** The value at a place. */
    public double get(int index) {
        return values[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenValues that && Arrays.equals(values, that.values);
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
