package dev.cooper.languagemodel.model;

import java.util.function.Consumer;

/**
 * Values that a model computed, and the way back from them to its weights, to be gone once and before their scope is
 * closed.
 *
 * @param <V> the values
 */
public final class Recorded<V> {
    private final V values;
    private final int size;
    private final Consumer<float[]> way;

    Recorded(V values, int size, Consumer<float[]> way) {
        this.values = values;
        this.size = size;
        this.way = way;
    }

    /** The values. */
    public V values() {
        return values;
    }

    /** Adds to the gradients of the weights, given the loss's derivative by each value. */
    public void backward(float... derivatives) {
        if (derivatives.length != size) {
            throw new IllegalArgumentException("%d derivatives for %d values".formatted(derivatives.length, size));
        }
        way.accept(derivatives);
    }
}
