package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Torch;
import java.util.Optional;

/**
 * One decoder layer, on weights that it does not own. Tokens are one list, [tokens, hidden], whatever they belong to.
 */
final class DecoderLayer {
    private final int headSize;
    private final RootMeanSquareNorm inputNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Optional<RootMeanSquareNorm> queryNorm; // over each head
    private final Optional<RootMeanSquareNorm> keyNorm;
    private final Linear attentionOutput;
    private final RootMeanSquareNorm feedForwardNorm;
    private final Linear gate;
    private final Linear up;
    private final Linear down;

    DecoderLayer(ModelConfig config, Weights weights, int index) {
        this.headSize = config.headSize();
        String prefix = ParameterShapes.layer(index, "");
        double epsilon = config.rmsNormEps();
        inputNorm = new RootMeanSquareNorm(weights.array(prefix + "input_layernorm.weight"), epsilon);
        query = Linear.of(weights, prefix + "self_attn.q_proj");
        key = Linear.of(weights, prefix + "self_attn.k_proj");
        value = Linear.of(weights, prefix + "self_attn.v_proj");
        queryNorm = weights.find(prefix + "self_attn.q_norm.weight").map(w -> new RootMeanSquareNorm(w, epsilon));
        keyNorm = weights.find(prefix + "self_attn.k_norm.weight").map(w -> new RootMeanSquareNorm(w, epsilon));
        attentionOutput = Linear.of(weights, prefix + "self_attn.o_proj");
        feedForwardNorm = new RootMeanSquareNorm(weights.array(prefix + "post_attention_layernorm.weight"), epsilon);
        gate = Linear.of(weights, prefix + "mlp.gate_proj");
        up = Linear.of(weights, prefix + "mlp.up_proj");
        down = Linear.of(weights, prefix + "mlp.down_proj");
    }

    /** Takes its input over: it is freed at the end with all that came between. */
    NDArray forward(NDArray input, RotaryTable.Angles angles, Attention attention) { // [tokens, hidden], result too
        NDManager owner = input.getManager();
        try (NDManager scope = owner.newSubManager()) {
            input.attach(scope);
            NDArray output = compute(input, angles, attention);
            output.attach(owner);
            return output;
        }
    }

    /** All that comes between belongs to the input's manager. */
    NDArray compute(NDArray input, RotaryTable.Angles angles, Attention attention) { // [tokens, hidden], result too
        NDArray normed = inputNorm.apply(input);
        NDArray q = angles.rotate(normed(queryNorm, heads(query.apply(normed))));
        NDArray k = angles.rotate(normed(keyNorm, heads(key.apply(normed))));
        NDArray v = heads(value.apply(normed));
        NDArray x = input.add(attentionOutput.apply(attention.attend(q, k, v)));
        NDArray inner = feedForwardNorm.apply(x);
        return x.add(down.apply(Torch.gatedSilu(gate.apply(inner), up.apply(inner))));
    }

    private static NDArray normed(Optional<RootMeanSquareNorm> norm, NDArray x) {
        return norm.map(n -> n.apply(x)).orElse(x);
    }

    private NDArray heads(NDArray x) { // [tokens, heads, headSize]
        return x.reshape(x.getShape().get(0), -1, headSize);
    }
}
