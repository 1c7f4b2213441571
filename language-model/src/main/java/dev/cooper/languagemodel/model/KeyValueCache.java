package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of sequences in the course of decoding, preallocated: [rows, capacity, kvHeads, headSize] a layer.
 */
public final class KeyValueCache implements AutoCloseable {
    private final NDManager manager;
    private final int capacity;
    private final List<Layer> layers = new ArrayList<>();
    private final int rows;

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

    /** Beginning of a row that is copied to another row. */
    public record Copy(int from, int to, int positions) {}

    /** Copies beginnings of rows; no row may be written and also read. */
    public void copy(List<Copy> copies) {
        int count = copies.stream().mapToInt(Copy::positions).sum();
        if (count == 0) {
            return;
        }
        long[] sources = new long[count];
        long[] targets = new long[count];
        int next = 0;
        for (Copy copy : copies) {
            for (int position = 0; position < copy.positions; position++) {
                sources[next] = slot(copy.from, position);
                targets[next++] = slot(copy.to, position);
            }
        }
        try (NDManager scope = manager.newSubManager()) {
            NDArray source = Transfers.send(scope, sources);
            NDArray target = Transfers.send(scope, targets);
            for (Layer layer : layers) {
                layer.write(target, Torch.readCache(layer.keys, source), Torch.readCache(layer.values, source));
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
