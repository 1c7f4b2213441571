package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.TorchBridge;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What crosses between the host's memory and the device. Sending does not wait for the device; reading back waits for
 * all that was asked of it, so it is done once a step, and counted.
 */
public final class Transfers {
    private static final AtomicLong READ_BACKS = new AtomicLong();

    private Transfers() {}

    /** Times that values were read back since the process began. */
    public static long readBacks() {
        return READ_BACKS.get();
    }

    /** Sends int64 values, [n], to the owner. */
    public static NDArray send(NDManager owner, long[] values) {
        return place(owner, TorchEngine.hostManager().create(values));
    }

    /** Sends float32 values, [n], to the owner. */
    public static NDArray send(NDManager owner, float[] values) {
        return send(owner, values, new Shape(values.length));
    }

    /** Sends float32 values to the owner. */
    public static NDArray send(NDManager owner, float[] values, Shape shape) {
        return place(owner, TorchEngine.hostManager().create(values, shape));
    }

    /** Sends float64 values to the owner. */
    public static NDArray send(NDManager owner, double[] values, Shape shape) {
        return place(owner, TorchEngine.hostManager().create(values, shape));
    }

    /** Takes an array of the host to the owner's device, in the same type: itself where that is the host. */
    public static NDArray place(NDManager owner, NDArray array) {
        if (!owner.getDevice().isGpu()) {
            array.attach(owner);
            return array;
        }
        try (array) {
            return onDevice(owner, array, false);
        }
    }

    /**
     * A copy of an array without gradient, on the owner's device in libtorch's own aligned memory, in the same type.
     */
    public static NDArray copy(NDManager owner, NDArray array) {
        return onDevice(owner, array, true);
    }

    private static NDArray onDevice(NDManager owner, NDArray array, boolean copies) {
        String device = owner.getDevice().isGpu() ? TorchEngine.device().name() : TorchDevice.CPU.name();
        return TorchBridge.callForTensor(TorchEngine.operations(), owner, "to_device", array, device, copies);
    }

    /** Reads a float32 array back, in row-major order. */
    public static float[] floats(NDArray array) {
        return floats(array, 0, Math.toIntExact(array.size()));
    }

    /** Reads a part of a contiguous float32 array back, in row-major order. */
    public static float[] floats(NDArray array, long from, int count) {
        try (NDArray host = read(array, from, count)) {
            return TensorMemory.of(host, Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
        }
    }

    /** Reads a float64 array back, in row-major order. */
    public static double[] doubles(NDArray array) {
        try (NDArray host = read(array, 0, array.size())) {
            return TensorMemory.of(host, Double.BYTES).toArray(ValueLayout.JAVA_DOUBLE);
        }
    }

    /** Reads an int64 array back, in row-major order. */
    public static long[] longs(NDArray array) {
        try (NDArray host = read(array, 0, array.size())) {
            return TensorMemory.of(host, Long.BYTES).toArray(ValueLayout.JAVA_LONG);
        }
    }

    private static NDArray read(NDArray array, long from, long count) {
        READ_BACKS.incrementAndGet();
        return TorchBridge.callForTensor(
                TorchEngine.operations(), array.getManager(), "to_host", array, from, from + count);
    }
}
