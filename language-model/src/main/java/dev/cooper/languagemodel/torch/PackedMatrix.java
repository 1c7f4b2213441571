package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.TorchBridge;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A float32 matrix rearranged for products with few rows, which else spend their time on rearranging it anew. A copy:
 * it does not follow its original. Without gradient.
 */
public final class PackedMatrix {
    private final NDArray packed;

    private PackedMatrix(NDArray packed) {
        this.packed = packed;
    }

    /** Whether this platform's libtorch has such products, on the device in use. */
    public static boolean available() {
        return System.getProperty("os.arch").equals("amd64")
                && TorchEngine.device().isCpu();
    }

    /** Rearranges weight, [out, in]; the copy is owned by {@code owner}. */
    public static PackedMatrix of(NDManager owner, NDArray weight) {
        try (GradientMode _ = GradientMode.off()) {
            return new PackedMatrix(TorchBridge.callForTensor(Operations.MODULE, owner, "pack", weight));
        }
    }

    /** {@code x · weightᵀ + bias}. x: [rows, in], bias: [out] or none; result: [rows, out], owned by x's manager. */
    public NDArray linear(NDArray x, Optional<NDArray> bias) {
        NDManager owner = x.getManager();
        return bias.map(b -> TorchBridge.callForTensor(Operations.MODULE, owner, "linear_biased", x, packed, b))
                .orElseGet(() -> TorchBridge.callForTensor(Operations.MODULE, owner, "linear", x, packed));
    }

    /** Loaded when the first matrix is packed. */
    private static final class Operations {
        static final PtSymbolBlock MODULE = load();

        private static PtSymbolBlock load() {
            try {
                return TorchBridge.load(
                        TorchEngine.hostManager(),
                        TorchScriptArchive.of(PackedOperations.CLASS_NAME, PackedOperations.SOURCE));
            } catch (IOException e) {
                throw new UncheckedIOException("The packed products could not be loaded into libtorch", e);
            }
        }
    }
}
