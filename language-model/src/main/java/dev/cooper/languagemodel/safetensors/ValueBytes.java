package dev.cooper.languagemodel.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Values of a tensor as the bytes of a file, part by part. */
final class ValueBytes {
    private static final int PART = 1 << 18; // values: 1 MiB as float32

    private final ByteBuffer buffer = ByteBuffer.allocate(PART * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Takes the bytes; they are gone when it returns. */
    @FunctionalInterface
    interface Sink<E extends Exception> {
        void accept(ByteBuffer bytes) throws E;
    }

    <E extends Exception> void write(String name, TensorValues values, TensorType type, Sink<E> sink) throws E {
        long count = values.count();
        for (long from = 0; from < count; from += PART) {
            buffer.clear();
            put(name, values.part(from, (int) Math.min(PART, count - from)), type);
            sink.accept(buffer.flip());
        }
    }

    private void put(String name, float[] values, TensorType type) {
        switch (type) {
            case F32 -> {
                buffer.asFloatBuffer().put(values);
                buffer.position(values.length * Float.BYTES);
            }
            case F16 -> {
                for (float value : values) {
                    short half = Float.floatToFloat16(value);
                    checkFits(name, value, Float.float16ToFloat(half), type);
                    buffer.putShort(half);
                }
            }
            case BF16 -> {
                for (float value : values) {
                    short upper = upperHalf(value);
                    checkFits(name, value, Float.intBitsToFloat(upper << 16), type);
                    buffer.putShort(upper);
                }
            }
        }
    }

    /** Rounded to the nearest, and from the middle to the even one, as the hardware does it. */
    private static short upperHalf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int rounding = 0x7FFF + ((bits >>> 16) & 1);
        return (short) (Float.isNaN(value) ? (bits >>> 16) | 0x40 : (bits + rounding) >>> 16);
    }

    private static void checkFits(String name, float value, float written, TensorType type) {
        if (Float.isInfinite(written) && !Float.isInfinite(value)) {
            throw new IllegalArgumentException("Tensor '%s' holds %s, beyond the range of %s; save it as float32"
                    .formatted(name, value, type.dtype()));
        }
    }
}
