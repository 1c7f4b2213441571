package dev.cooper.languagemodel.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.TorchBridge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensor operations that DJL lacks or does badly, differentiable unless said otherwise. A result belongs to the manager
 * of the first argument unless an owner is passed, so the first argument is always an activation, never a weight.
 */
public final class Torch {
    private static final int FLOAT32 = 6; // c10::ScalarType::Float

    private Torch() {}

    /** A chosen token of each row and its log-probability under the distribution it was drawn from. */
    public record Draw(NDArray tokens, NDArray logProbs) {} // [rows] int64, [rows] float32

    /** Log-probability of each target, and the entropy of its distribution (without gradient). */
    public record Scored(NDArray logProbs, NDArray entropies) {} // [tokens], [tokens]

    /** {@code x · weightᵀ + bias}. x: [..., in], weight: [out, in], bias: [out] or none. */
    public static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
        return x.getNDArrayInternal().linear(x, weight, bias).get(0);
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
     * Causal scaled dot-product attention. q: [batch, time, groups·kvHeads, size], k, v: [batch, time, kvHeads, size];
     * result: [batch, time, groups·kvHeads·size].
     */
    public static NDArray scaledDotProductAttention(NDArray q, NDArray k, NDArray v, int groups) {
        return tensor(q.getManager(), "causal_attention", q, k, v, groups);
    }

    /**
     * Attention of one new position a row over a cache. q: [rows, kvHeads, groups, size], keys, values: [rows,
     * capacity, kvHeads, size], of which the first {@code length} positions are read, mask: [rows, 1, 1, length];
     * result: [rows, kvHeads·groups·size].
     */
    public static NDArray cachedAttention(NDArray q, NDArray keys, NDArray values, NDArray mask, int length) {
        return tensor(q.getManager(), "cached_attention", q, keys, values, mask, length);
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

    /** {@code silu(gate) · up}. */
    public static NDArray gatedSilu(NDArray gate, NDArray up) {
        return tensor(gate.getManager(), "gated_silu", gate, up);
    }

    /** The slices of an axis that index names. index: [n] int64; result owned by index's manager. */
    public static NDArray select(NDArray x, int axis, NDArray index) {
        return tensor(index.getManager(), "index_select", x, axis, index);
    }

    /** Log-probabilities of targets [n] under logits [n, vocabulary] divided by the temperature. */
    public static Scored tokenLogProbs(NDArray logits, NDArray targets, double temperature) {
        NDArray[] result = tensors(logits.getManager(), "token_log_probs", logits, targets, 1 / temperature);
        return new Scored(result[0], result[1]);
    }

    /** {@code Σ values·weights}, a scalar. */
    public static NDArray weightedSum(NDArray values, NDArray weights) {
        return tensor(values.getManager(), "weighted_sum", values, weights);
    }

    /** Draws by inverse CDF. logits: [rows, vocabulary], uniforms: [rows] in [0, 1). */
    public static Draw sample(NDArray logits, double temperature, NDArray uniforms) {
        NDArray[] result = tensors(logits.getManager(), "sample", logits, 1 / temperature, uniforms);
        return new Draw(result[0], result[1]);
    }

    /**
     * Draws by inverse CDF from the smallest set of most probable tokens whose mass reaches topP, and at most topK of
     * them, renormalised. It sorts the vocabulary, so {@link #sample} is cheaper where nothing is filtered.
     */
    public static Draw sampleFiltered(NDArray logits, double temperature, double topP, int topK, NDArray uniforms) {
        NDArray[] result =
                tensors(logits.getManager(), "sample_filtered", logits, 1 / temperature, topP, topK, uniforms);
        return new Draw(result[0], result[1]);
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

    /** AdamW (Loshchilov and Hutter, 2019), all parameters in one call. Call it with gradients off. */
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

    /** Adds the gradients of a scalar to the parameters it was computed from. */
    public static void backward(NDArray loss) {
        try (NDArray one = loss.getManager().ones(loss.getShape(), loss.getDataType())) {
            TorchBridge.backward(loss, one);
        }
    }

    /** Sets arrays to zero in place; call it with gradients off. */
    public static void zero(List<NDArray> arrays) {
        TorchBridge.callForNothing(TorchEngine.operations(), "zero", arrays);
    }

    /** A copy in float32 that keeps the gradient, unlike DJL's {@code toType}. */
    public static NDArray toFloat32(NDArray x) {
        return tensor(x.getManager(), "cast", x, FLOAT32);
    }

    /** A copy without gradient, in libtorch's own aligned memory, owned by {@code owner}. */
    public static NDArray copy(NDManager owner, NDArray x) {
        return tensor(owner, "copy", x);
    }

    /** Copies values in place; call it with gradients off. */
    public static void assign(NDArray target, NDArray source) {
        TorchBridge.callForNothing(TorchEngine.operations(), "assign", target, source);
    }

    private static NDArray tensor(NDManager owner, String method, Object... arguments) {
        return TorchBridge.callForTensor(TorchEngine.operations(), owner, method, arguments);
    }

    private static NDArray[] tensors(NDManager owner, String method, Object... arguments) {
        return TorchBridge.callForTensors(TorchEngine.operations(), owner, method, arguments);
    }
}
