package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import java.util.function.Consumer;

/**
 * Values that a model computed, and the way back from them to its weights, to be gone once and before their scope is
 * closed. Nothing of it leaves the device.
 *
 * @param <V> the values
 */
public final class Recorded<V> {
    private final V values;
    private final long size;
    private final Consumer<NDArray> way;

    Recorded(V values, long size, Consumer<NDArray> way) {
        this.values = values;
        this.size = size;
        this.way = way;
    }

    /** The values. */
    public V values() {
        return values;
    }

    /** Adds to the gradients of the weights, given the loss's derivative by each value, [values] float32. */
    public void backward(NDArray derivatives) {
        if (derivatives.size() != size) {
            throw new IllegalArgumentException("%d derivatives for %d values".formatted(derivatives.size(), size));
        }
        way.accept(derivatives);
    }
}
