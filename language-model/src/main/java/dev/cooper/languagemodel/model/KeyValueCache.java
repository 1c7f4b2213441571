package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keys and values of sequences in the course of decoding, preallocated: [rows, capacity, kvHeads, headSize] a layer.
 */
public final class KeyValueCache implements AutoCloseable {
    private final NDManager manager;
    private final int capacity;
    private final List<Layer> layers = new ArrayList<>();
    private int rows;

    /** One layer's part. */
    record Layer(NDArray keys, NDArray values) {
        void write(NDArray slots, NDArray k, NDArray v) { // [n], [n, kvHeads, headSize]
            Torch.writeCache(keys, slots, k);
            Torch.writeCache(values, slots, v);
        }
    }

    KeyValueCache(NDManager manager, ModelConfig config, Precision precision, int rows, int capacity) {
        this.manager = manager;
        this.rows = rows;
        this.capacity = capacity;
        Shape shape = new Shape(rows, capacity, config.keyValueHeads(), config.headSize());
        for (int i = 0; i < config.layers(); i++) {
            // Zeros, not what the memory held: a masked NaN would still be NaN.
            layers.add(new Layer(zeros(shape, precision), zeros(shape, precision)));
        }
    }

    private NDArray zeros(Shape shape, Precision precision) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray zeros = Torch.cast(scope.zeros(shape), precision);
            zeros.attach(manager);
            return zeros;
        }
    }

    /** Bytes that a row of a cache takes. */
    public static long bytesPerRow(ModelConfig config, Precision precision, int capacity) {
        long values = 2L * config.layers() * config.keyValueHeads() * config.headSize();
        return values * capacity * precision.bytes();
    }

    Layer layer(int index) {
        return layers.get(index);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Positions a row has room for. */
    public int capacity() {
        return capacity;
    }

    /** Where a row keeps a position. */
    public long slot(int row, int position) {
        return (long) row * capacity + position;
    }

    /** Keeps only these rows, in this order. */
    public void keepRows(int... kept) {
        try (NDArray index = manager.create(Arrays.stream(kept).asLongStream().toArray())) {
            for (int i = 0; i < layers.size(); i++) {
                Layer before = layers.get(i);
                layers.set(i, new Layer(Torch.select(before.keys, 0, index), Torch.select(before.values, 0, index)));
                before.keys.close();
                before.values.close();
            }
        }
        rows = kept.length;
    }

    @Override
    public void close() {
        manager.close();
    }
}
