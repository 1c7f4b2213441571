package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Tensors over memory that is not libtorch's, and the memory of its own tensors, by the C functions that libtorch keeps
 * stable for compiled models ({@code aoti_torch_*}). For tensors in the host's memory only.
 */
@SuppressWarnings("restricted") // native calls: Cooper runs with --enable-native-access
final class TensorMemory {
    private static final int ON_CPU = 0;

    private static final MethodHandle DATA = function(
            "aoti_torch_get_data_ptr",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));

    private static final MethodHandle FROM_BLOB = function(
            "aoti_torch_create_tensor_from_blob",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS));

    private TensorMemory() {}

    /** The bytes of a contiguous tensor, valid as long as it is open. */
    static MemorySegment of(NDArray x, int bytesPerValue) {
        if (x.getDevice().isGpu()) {
            throw new IllegalArgumentException("The tensor is on " + x.getDevice() + ", not in the host's memory");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ValueLayout.JAVA_LONG);
            check("aoti_torch_get_data_ptr", (int) DATA.invokeExact((long) ((PtNDArray) x).getHandle(), address));
            return MemorySegment.ofAddress(address.get(ValueLayout.JAVA_LONG, 0))
                    .reinterpret(x.size() * bytesPerValue);
        } catch (Throwable e) {
            throw failed("aoti_torch_get_data_ptr", e);
        }
    }

    /** A tensor over these bytes, which must outlive it and must not be written through it if they are read-only. */
    static NDArray wrap(NDManager owner, MemorySegment bytes, Precision precision, long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride = Math.multiplyExact(stride, shape[axis]);
        }
        if (bytes.byteSize() != stride * precision.bytes()) {
            throw new IllegalArgumentException("%d values of %s need %d bytes, not %d"
                    .formatted(stride, precision, stride * precision.bytes(), bytes.byteSize()));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
            int code = (int) FROM_BLOB.invokeExact(
                    bytes,
                    (long) shape.length,
                    arena.allocateFrom(ValueLayout.JAVA_LONG, shape),
                    arena.allocateFrom(ValueLayout.JAVA_LONG, strides),
                    0L,
                    precision.scalarType(),
                    ON_CPU,
                    0,
                    handle);
            check("aoti_torch_create_tensor_from_blob", code);
            return new PtNDArray((PtNDManager) owner, handle.get(ValueLayout.JAVA_LONG, 0));
        } catch (Throwable e) {
            throw failed("aoti_torch_create_tensor_from_blob", e);
        }
    }

    private static void check(String name, int code) {
        if (code != 0) {
            throw new IllegalStateException("libtorch's " + name + " failed with code " + code);
        }
    }

    private static RuntimeException failed(String name, Throwable e) {
        return e instanceof RuntimeException known ? known : new IllegalStateException("libtorch's " + name, e);
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor) {
        TorchEngine.start(); // DJL loads the library, with the same class loader as this class
        MemorySegment address = SymbolLookup.loaderLookup()
                .find(name)
                .orElseThrow(() -> new IllegalStateException("This libtorch has no function " + name));
        return Linker.nativeLinker().downcallHandle(address, descriptor);
    }
}
