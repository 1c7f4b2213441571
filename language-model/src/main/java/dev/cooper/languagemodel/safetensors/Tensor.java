package dev.cooper.languagemodel.safetensors;

import java.util.Arrays;
import java.util.List;

/**
 * Float32 values with their shape, outside libtorch. The array is not copied: whoever makes or takes one must not
 * change it.
 */
public final class Tensor implements TensorValues {
    private final List<Long> shape;
    private final float[] values;

    /** The product of the shape must be the number of values. */
    public Tensor(List<Long> shape, float[] values) {
        long count = TensorInfo.count(shape);
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "Shape %s needs %d values, not %d".formatted(shape, count, values.length));
        }
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    @Override
    public List<Long> shape() {
        return shape;
    }

    /** The values in row-major order, not a copy. */
    public float[] values() {
        return values;
    }

    @Override
    public float[] part(long from, int count) {
        int begin = Math.toIntExact(from);
        return begin == 0 && count == values.length ? values : Arrays.copyOfRange(values, begin, begin + count);
    }
}
