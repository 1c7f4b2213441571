package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.FusedLayer;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys and values of sequences in the course of decoding, [rows, positions, kvHeads, headSize] a layer. Room is made as
 * sequences grow: memory that is never needed is never touched.
 */
public final class KeyValueCache implements AutoCloseable {
    private final NDManager manager;
    private final int capacity;
    private final List<Layer> layers = new ArrayList<>();
    private int rows;
    private int positions;

    /** One layer's part. */
    private record Layer(NDArray keys, NDArray values) {
        Layer resized(NDManager owner, int rows, int positions) {
            try (NDArray oldKeys = keys;
                    NDArray oldValues = values) {
                return new Layer(
                        Torch.resizedCache(owner, oldKeys, rows, positions),
                        Torch.resizedCache(owner, oldValues, rows, positions));
            }
        }
    }

    KeyValueCache(NDManager manager, ModelConfig config, Precision precision, int rows, int capacity) {
        this.manager = manager;
        this.rows = rows;
        this.capacity = capacity;
        Shape shape = new Shape(rows, 0, config.keyValueHeads(), config.headSize());
        for (int i = 0; i < config.layers(); i++) {
            layers.add(new Layer(empty(shape, precision), empty(shape, precision)));
        }
    }

    private NDArray empty(Shape shape, Precision precision) {
        try (NDManager scope = manager.newSubManager()) {
            return Torch.cast(manager, scope.zeros(shape), precision);
        }
    }

    /**
     * Makes room for so many positions, and no more than {@link #capacity}, in the first rows: others are given up if
     * that takes new memory.
     */
    public void reserve(int neededRows, int neededPositions) {
        if (neededPositions <= positions) {
            return;
        }
        if (neededRows > rows || neededPositions > capacity) {
            throw new IllegalArgumentException("%d rows of %d positions are wanted of a cache of %d rows of %d"
                    .formatted(neededRows, neededPositions, rows, capacity));
        }
        rows = neededRows;
        positions = Math.min(capacity, Math.max(neededPositions, 2 * positions));
        // New positions are zeros, not what the memory held: a masked NaN would still be NaN.
        layers.replaceAll(layer -> layer.resized(manager, rows, positions));
    }

    /** Bytes that a row of a cache takes. */
    public static long bytesPerRow(ModelConfig config, Precision precision, int capacity) {
        long values = 2L * config.layers() * config.keyValueHeads() * config.headSize();
        return values * capacity * precision.bytes();
    }

    /** A layer's part, of which some places [n] are to be written. */
    FusedLayer.Cached layer(int index, NDArray slots) {
        return new FusedLayer.Cached(layers.get(index).keys, layers.get(index).values, slots);
    }

    /** Number of rows. */
    public int rows() {
        return rows;
    }

    /** Most positions of a row. */
    public int capacity() {
        return capacity;
    }

    /** Where a row keeps a position, until more room is made. */
    public long slot(int row, int position) {
        return (long) row * positions + position;
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
                Torch.writeCache(layer.keys, target, Torch.readCache(layer.keys, source));
                Torch.writeCache(layer.values, target, Torch.readCache(layer.values, source));
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
