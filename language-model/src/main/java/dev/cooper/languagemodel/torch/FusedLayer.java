package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.TorchBridge;
import java.util.Arrays;
import java.util.List;

/**
 * A decoder layer over a cache, computed by one call, without gradient: with few rows the time of single calls is a
 * good part of the whole. All weights have the activations' precision. Tokens are one list, [tokens, hidden].
 *
 * @param norms before attention and before the feed-forward part, [hidden] each, and those of query and key heads,
 *     [headSize] each, where the architecture has them
 * @param queryKeyValue one projection, or three that are joined
 * @param gateUp one, or two
 * @param numerics what is common to all layers
 */
public record FusedLayer(
        List<NDArray> norms,
        Projection queryKeyValue,
        Projection output,
        Projection gateUp,
        Projection down,
        Numerics numerics) {

    /**
     * Linear layers on the same input, whose outputs stand one behind the other.
     *
     * @param parts weight, [out, in], and bias, [out], or [0] for none, in turns
     */
    public record Projection(List<NDArray> parts) {}

    /**
     * How it is computed.
     *
     * @param packed whether weights are those of {@link PackedMatrix}
     * @param epsilon of the norms
     */
    public record Numerics(boolean packed, double epsilon) {}

    /** Angles of the tokens' positions, [tokens, 1, headSize] each. */
    public record Angles(NDArray cosines, NDArray sines) {}

    /** A layer's keys and values, [rows, capacity, kvHeads, headSize] each, and the places that are written, [n]. */
    public record Cached(NDArray keys, NDArray values, NDArray slots) {}

    /**
     * One more token in each row, which is written to the cache and reads what the mask shows it. x: [rows, hidden],
     * result too, mask: [rows, 1, 1, length].
     */
    public NDArray decode(NDArray x, Angles angles, Cached cached, NDArray mask) {
        return tensor(
                x,
                "decode_layer",
                x,
                norms,
                queryKeyValue.parts,
                output.parts,
                gateUp.parts,
                down.parts,
                numerics.packed,
                numerics.epsilon,
                angles.cosines,
                angles.sines,
                cached.keys,
                cached.values,
                cached.slots,
                mask);
    }

    /**
     * Sequences from their beginning, as {@link Torch#packedAttention} has them. The keys and values of some tokens,
     * sources [n], are written to the cache. x: [tokens, hidden], result too.
     */
    public NDArray read(NDArray x, Angles angles, Cached cached, NDArray sources, int[] counts, int[] lengths) {
        return tensor(
                x,
                "read_layer",
                x,
                norms,
                queryKeyValue.parts,
                output.parts,
                gateUp.parts,
                down.parts,
                numerics.packed,
                numerics.epsilon,
                angles.cosines,
                angles.sines,
                cached.keys,
                cached.values,
                cached.slots,
                sources,
                Arrays.stream(counts).asLongStream().toArray(),
                Arrays.stream(lengths).asLongStream().toArray());
    }

    /** As {@link #read} in a last layer, of whose output nothing is needed. */
    public void readLast(NDArray x, Angles angles, Cached cached, NDArray sources) {
        TorchBridge.callForNothing(
                TorchEngine.operations(),
                "read_last_layer",
                x,
                norms,
                queryKeyValue.parts,
                numerics.packed,
                numerics.epsilon,
                angles.cosines,
                angles.sines,
                cached.keys,
                cached.values,
                cached.slots,
                sources);
    }

    /** Hidden states, [rows, hidden], normalised and through the output layer, in float32: [rows, vocabulary]. */
    public static NDArray logits(NDArray hidden, NDArray norm, Projection output, Numerics numerics) {
        return tensor(hidden, "vocabulary", hidden, norm, output.parts, numerics.packed, numerics.epsilon);
    }

    private static NDArray tensor(NDArray x, String method, Object... arguments) {
        NDManager owner = x.getManager();
        return TorchBridge.callForTensor(TorchEngine.operations(), owner, method, arguments);
    }
}
