package dev.cooper.languagemodel.safetensors;

import java.util.List;

/**
 * What a file says of a tensor.
 *
 * @param type of its values in the file
 * @param shape size of each axis; empty for a scalar
 */
public record TensorInfo(TensorType type, List<Long> shape) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Number of values. */
    public long count() {
        return count(shape);
    }

    /** Bytes of all values. */
    public long bytes() {
        return Math.multiplyExact(count(), (long) type.bytes());
    }

    static long count(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
