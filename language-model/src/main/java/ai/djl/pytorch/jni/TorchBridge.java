package ai.djl.pytorch.jni;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/**
 * Runs methods of a TorchScript module with the caller's gradient mode, which DJL's public API does not offer (it
 * always forces inference mode), and backward passes. Only {@code dev.cooper.languagemodel.torch} uses it.
 */
public final class TorchBridge {
    private TorchBridge() {}

    /** Loads a TorchScript archive; the module lives as long as {@code owner}. */
    public static PtSymbolBlock load(NDManager owner, byte[] archive) throws IOException {
        return JniUtils.loadModule((PtNDManager) owner, new ByteArrayInputStream(archive), false, false);
    }

    /** Calls a method that returns one tensor, owned by {@code owner}. */
    public static NDArray callForTensor(PtSymbolBlock module, NDManager owner, String method, Object... arguments) {
        try (IValue result = call(module, method, arguments)) {
            return new PtNDArray((PtNDManager) owner, PyTorchLibrary.LIB.iValueToTensor(result.getHandle()));
        }
    }

    /** Calls a method that returns a list of tensors, all owned by {@code owner}. */
    public static NDArray[] callForTensors(PtSymbolBlock module, NDManager owner, String method, Object... arguments) {
        try (IValue result = call(module, method, arguments)) {
            long[] handles = PyTorchLibrary.LIB.iValueToTensorList(result.getHandle());
            NDArray[] tensors = new NDArray[handles.length];
            for (int i = 0; i < handles.length; i++) {
                tensors[i] = new PtNDArray((PtNDManager) owner, handles[i]);
            }
            return tensors;
        }
    }

    /** Calls a method that returns a list of integers. */
    public static long[] callForLongs(PtSymbolBlock module, String method, Object... arguments) {
        try (IValue result = call(module, method, arguments)) {
            return result.toLongArray();
        }
    }

    /** Calls a method that returns a truth value. */
    public static boolean callForBoolean(PtSymbolBlock module, String method, Object... arguments) {
        try (IValue result = call(module, method, arguments)) {
            return result.toBoolean();
        }
    }

    /** Calls a method that returns nothing. */
    public static void callForNothing(PtSymbolBlock module, String method, Object... arguments) {
        call(module, method, arguments).close();
    }

    /** Adds to the gradients of all tensors that x was computed from; gradient: the loss's by x. */
    public static void backward(NDArray x, NDArray gradient) {
        JniUtils.backward((PtNDArray) x, (PtNDArray) gradient, false, false);
    }

    private static IValue call(PtSymbolBlock module, String method, Object... arguments) {
        // The optimising executor would compile fused kernels after some calls, and so change a result between two
        // calls
        // with equal inputs. The switch is per thread, hence set here.
        JniUtils.setGraphExecutorOptimize(false);
        PyTorchLibrary library = PyTorchLibrary.LIB;
        long[] handles = new long[arguments.length];
        int made = 0;
        try {
            for (Object argument : arguments) {
                handles[made] = toIValue(library, argument);
                made++;
            }
            return new IValue(library.moduleRunMethod(module.getHandle(), method, handles, true, false));
        } finally {
            for (int i = 0; i < made; i++) {
                library.torchDeleteIValue(handles[i]);
            }
        }
    }

    private static long toIValue(PyTorchLibrary library, Object argument) {
        return switch (argument) {
            case PtNDArray tensor -> library.iValueFromTensor(tensor.getHandle());
            case List<?> tensors ->
                library.iValueFromTensorList(tensors.stream()
                        .mapToLong(tensor -> ((PtNDArray) tensor).getHandle())
                        .toArray());
            case long[] numbers -> library.iValueFromLongList(numbers);
            case Integer number -> library.iValueFromLong(number);
            case Long number -> library.iValueFromLong(number);
            case Double number -> library.iValueFromDouble(number);
            case String text -> library.iValueFromString(text);
            case Boolean flag -> library.iValueFromBool(flag);
            default -> throw new IllegalArgumentException("No TorchScript value for " + argument.getClass());
        };
    }
}
