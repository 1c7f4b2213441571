package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.TorchBridge;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tensor operations that DJL lacks or does badly, differentiable unless said otherwise. A result belongs to the manager
 * of the first argument unless an owner is passed, so the first argument is always an activation, never a weight.
 */
public final class Torch {
    private Torch() {}

    /** Log-probability of each target, and the entropy of its distribution (without gradient). */
    public record Scored(NDArray logProbs, NDArray entropies) {} // [tokens], [tokens]

    /** {@code x · weightᵀ + bias}. x: [..., in], weight: [out, in], bias: [out] or none. */
    public static NDArray linear(NDArray x, NDArray weight, Optional<NDArray> bias) {
        return bias.map(b -> tensor(x.getManager(), "linear_biased", x, weight, b))
                .orElseGet(() -> tensor(x.getManager(), "linear", x, weight));
    }

    /**
     * Rows of a table. weight: [vocabulary, size], ids: int64 of any shape; result: [..., size], owned by ids' manager.
     */
    public static NDArray embedding(NDArray ids, NDArray weight) {
        return tensor(ids.getManager(), "embedding", weight, ids);
    }

    /** Root mean square normalisation over the last axis, times weight. */
    public static NDArray rmsNorm(NDArray x, NDArray weight, double epsilon) {
        return tensor(x.getManager(), "rms_norm", x, weight, epsilon);
    }

    /** Rotary position embedding in the half-split layout. x: [..., heads, size]; cos, sin broadcast against x. */
    public static NDArray rotate(NDArray x, NDArray cos, NDArray sin) {
        return tensor(x.getManager(), "rotate", x, cos, sin);
    }

    /**
     * Causal scaled dot-product attention of sequences that stand one behind the other: {@code counts[i]} of
     * {@code lengths[i]} tokens each. q: [tokens, heads, size], k, v: [tokens, kvHeads, size], where kvHeads divides
     * heads; result: [tokens, heads·size].
     */
    public static NDArray packedAttention(NDArray q, NDArray k, NDArray v, int[] counts, int[] lengths) {
        return tensor(q.getManager(), "packed_attention", q, k, v, longs(counts), longs(lengths));
    }

    /**
     * Additive mask that hides what comes after each row's position. positions: [rows]; result: [rows, 1, 1, length].
     */
    public static NDArray positionMask(NDArray positions, int length) {
        return tensor(positions.getManager(), "position_mask", positions, length);
    }

    /**
     * Writes in place: cache: [rows, capacity, ...], slots: [n] with values row·capacity + position, value: [n, ...].
     */
    public static void writeCache(NDArray cache, NDArray slots, NDArray value) {
        TorchBridge.callForNothing(TorchEngine.operations(), "cache_write", cache, slots, value);
    }

    /** The values at slots [n] of a cache, as {@link #writeCache} has them; they belong to the slots' manager. */
    public static NDArray readCache(NDArray cache, NDArray slots) {
        return tensor(slots.getManager(), "cache_read", cache, slots);
    }

    /** The first rows of a cache with room for so many positions, not fewer than it has; zeros where it has none. */
    public static NDArray resizedCache(NDManager owner, NDArray cache, int rows, int capacity) {
        return tensor(owner, "cache_resized", cache, rows, capacity);
    }

    /** {@code silu(gate) · up}. */
    public static NDArray gatedSilu(NDArray gate, NDArray up) {
        return tensor(gate.getManager(), "gated_silu", gate, up);
    }

    /** The slices of an axis that index names. index: [n] int64; result owned by index's manager. */
    public static NDArray select(NDArray x, int axis, NDArray index) {
        return tensor(index.getManager(), "index_select", x, axis, index);
    }

    /** Some rows of x: [n, ...] as [to - from, ...], owned by {@code owner}. */
    public static NDArray rows(NDManager owner, NDArray x, int from, int to) {
        return tensor(owner, "rows", x, from, to);
    }

    /** Log-probabilities of targets [n] under logits [n, vocabulary] divided by the temperature. */
    public static Scored tokenLogProbs(NDArray logits, NDArray targets, double temperature) {
        NDArray[] result = tensors(logits.getManager(), "token_log_probs", logits, targets, 1 / temperature);
        return new Scored(result[0], result[1]);
    }

    /** The most probable token of each row. logits: [rows, vocabulary]; result: [rows] int64. */
    public static NDArray greatest(NDArray logits) {
        return tensor(logits.getManager(), "greatest", logits);
    }

    /**
     * Draws by inverse CDF. logits: [rows, vocabulary], uniforms: [rows] in [0, 1); result: [2, rows] float64, the
     * drawn tokens and their log-probabilities under the distribution that they were drawn from: one array to read
     * back.
     */
    public static NDArray sample(NDArray logits, double temperature, NDArray uniforms) {
        return tensor(logits.getManager(), "sample", logits, 1 / temperature, uniforms);
    }

    /**
     * Draws, as {@link #sample} does, from the smallest set of most probable tokens whose mass reaches topP, and at
     * most topK of them, renormalised. It sorts the vocabulary, so {@link #sample} is cheaper where nothing is
     * filtered.
     */
    public static NDArray sampleFiltered(NDArray logits, double temperature, double topP, int topK, NDArray uniforms) {
        return tensor(logits.getManager(), "sample_filtered", logits, 1 / temperature, topP, topK, uniforms);
    }

    /** Arrays one behind the other, [n, ...] each, owned by {@code owner}. */
    public static NDArray join(NDManager owner, List<NDArray> arrays) {
        return tensor(owner, "join", arrays);
    }

    /** The sum of all values as one float64, [1], without gradient. */
    public static NDArray total(NDArray x) {
        return tensor(x.getManager(), "total", x);
    }

    /**
     * Scales the gradients in place so that their global norm is at most the maximum; returns the norm before (a
     * scalar).
     */
    public static NDArray clipGradientNorm(NDManager owner, List<NDArray> gradients, double maximum) {
        return tensor(owner, "clip_gradients", gradients, maximum);
    }

    /**
     * What one fused AdamW update takes; all arrays are parallel, and parameters, moments and steps change in place.
     */
    public record AdamWTensors(
            List<NDArray> parameters,
            List<NDArray> gradients,
            List<NDArray> first,
            List<NDArray> second,
            List<NDArray> steps) {}

    /** Rates of one AdamW update. */
    public record AdamWRates(double learningRate, double beta1, double beta2, double weightDecay, double epsilon) {}

    /**
     * AdamW (Loshchilov and Hutter, 2019), all parameters in one call, counted as a write of each. Call it with
     * gradients off.
     */
    public static void fusedAdamW(AdamWTensors tensors, AdamWRates rates) {
        TorchBridge.callForNothing(
                TorchEngine.operations(),
                "adamw",
                tensors.parameters,
                tensors.gradients,
                tensors.first,
                tensors.second,
                tensors.steps,
                rates.learningRate,
                rates.beta1,
                rates.beta2,
                rates.weightDecay,
                rates.epsilon);
    }

    /** Adds to the gradients of the parameters that x was computed from; gradient: the loss's by x, of x's shape. */
    public static void backward(NDArray x, NDArray gradient) {
        TorchBridge.backward(x, gradient);
    }

    /** Sets arrays to zero in place; call it with gradients off. */
    public static void zero(List<NDArray> arrays) {
        TorchBridge.callForNothing(TorchEngine.operations(), "zero", arrays);
    }

    /** The same values without their history, in the same memory. */
    public static NDArray detached(NDArray x) {
        return tensor(x.getManager(), "detached", x);
    }

    /** In another precision, a copy unless it is so already, that keeps the gradient, unlike DJL's {@code toType}. */
    public static NDArray cast(NDArray x, Precision precision) {
        return cast(x.getManager(), x, precision);
    }

    /** The same, owned by {@code owner}. */
    public static NDArray cast(NDManager owner, NDArray x, Precision precision) {
        return tensor(owner, "cast", x, precision.scalarType());
    }

    /**
     * A tensor of the host over bytes of ours, such as a mapped file's, without a copy. They must outlive it; over a
     * read-only mapping it must only be read.
     *
     * @throws IllegalArgumentException if there are more or fewer bytes than the shape needs
     */
    public static NDArray wrap(NDManager owner, MemorySegment bytes, Precision precision, long... shape) {
        return TensorMemory.wrap(owner, bytes, precision, shape);
    }

    /** How often each array was written in place so far, as libtorch counts it. */
    public static long[] versions(List<NDArray> arrays) {
        return TorchBridge.callForLongs(TorchEngine.operations(), "versions", arrays);
    }

    /** Copies values in place; call it with gradients off. */
    public static void assign(NDArray target, NDArray source) {
        TorchBridge.callForNothing(TorchEngine.operations(), "assign", target, source);
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private static NDArray tensor(NDManager owner, String method, Object... arguments) {
        return TorchBridge.callForTensor(TorchEngine.operations(), owner, method, arguments);
    }

    private static NDArray[] tensors(NDManager owner, String method, Object... arguments) {
        return TorchBridge.callForTensors(TorchEngine.operations(), owner, method, arguments);
    }
}
