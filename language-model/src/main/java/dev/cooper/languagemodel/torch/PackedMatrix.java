package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.TorchBridge;

/**
 * Matrices rearranged for products with few rows, which else spend their time on rearranging them anew. A copy: it does
 * not follow its original, has no gradient, and is good for a {@link FusedLayer} only.
 */
public final class PackedMatrix {
    private PackedMatrix() {}

    /** Whether this platform's libtorch has such products in a precision. */
    public static boolean available(Precision precision) {
        return TorchEngine.PACKING
                && TorchEngine.device().isCpu()
                && switch (precision) {
                    case FLOAT32 -> true;
                    case BFLOAT16 -> TorchBridge.callForBoolean(TorchEngine.operations(), "packs_half");
                    case FLOAT16 -> false;
                };
    }

    /** Rearranges weight, [out, in]; the copy is owned by {@code owner}. */
    public static NDArray of(NDManager owner, NDArray weight) {
        return TorchBridge.callForTensor(TorchEngine.operations(), owner, "pack", weight);
    }
}
