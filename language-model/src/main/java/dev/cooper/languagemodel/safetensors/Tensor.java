package dev.cooper.languagemodel.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Float32 values with their shape, outside libtorch. The array is not copied: whoever makes or takes one must not
 * change it.
 */
public final class Tensor {
    private final List<Long> shape;
    private final float[] values;

    /** The product of the shape must be the number of values. */
    public Tensor(List<Long> shape, float[] values) {
        long count = shape.stream().reduce(1L, Math::multiplyExact);
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "Shape %s needs %d values, not %d".formatted(shape, count, values.length));
        }
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    /** Size of each axis; empty for a scalar. */
    public List<Long> shape() {
        return shape;
    }

    /** The values in row-major order, not a copy. */
    public float[] values() {
        return values;
    }

    ByteBuffer littleEndian() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}
