package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Torch;

/** One decoder layer. Its methods take over their input: intermediate results are freed at their end, the input too. */
final class DecoderLayer {
    private final ModelConfig config;
    private final NDArray inputNorm;
    private final NDArray queryWeight;
    private final NDArray queryBias;
    private final NDArray keyWeight;
    private final NDArray keyBias;
    private final NDArray valueWeight;
    private final NDArray valueBias;
    private final NDArray outputWeight;
    private final NDArray feedForwardNorm;
    private final NDArray gateWeight;
    private final NDArray upWeight;
    private final NDArray downWeight;

    /** What else is done with the keys and values of a forward pass, [batch, time, kvHeads, headSize]. */
    @FunctionalInterface
    interface KeyValueSink {
        void accept(NDArray keys, NDArray values);
    }

    DecoderLayer(ModelConfig config, Weights weights, int layer) {
        this.config = config;
        inputNorm = weights.array(ParameterShapes.layer(layer, "input_layernorm.weight"));
        queryWeight = weights.array(ParameterShapes.layer(layer, "self_attn.q_proj.weight"));
        queryBias = weights.array(ParameterShapes.layer(layer, "self_attn.q_proj.bias"));
        keyWeight = weights.array(ParameterShapes.layer(layer, "self_attn.k_proj.weight"));
        keyBias = weights.array(ParameterShapes.layer(layer, "self_attn.k_proj.bias"));
        valueWeight = weights.array(ParameterShapes.layer(layer, "self_attn.v_proj.weight"));
        valueBias = weights.array(ParameterShapes.layer(layer, "self_attn.v_proj.bias"));
        outputWeight = weights.array(ParameterShapes.layer(layer, "self_attn.o_proj.weight"));
        feedForwardNorm = weights.array(ParameterShapes.layer(layer, "post_attention_layernorm.weight"));
        gateWeight = weights.array(ParameterShapes.layer(layer, "mlp.gate_proj.weight"));
        upWeight = weights.array(ParameterShapes.layer(layer, "mlp.up_proj.weight"));
        downWeight = weights.array(ParameterShapes.layer(layer, "mlp.down_proj.weight"));
    }

    NDArray forward(NDArray input, RotaryTable.Angles angles, KeyValueSink sink) { // [batch, time, hidden], result too
        NDManager owner = input.getManager();
        long batch = input.getShape().get(0);
        long time = input.getShape().get(1);
        try (NDManager scope = owner.newSubManager()) {
            input.attach(scope);
            NDArray normed = Torch.rmsNorm(input, inputNorm, config.rmsNormEps());
            NDArray q = angles.rotate(heads(Torch.linear(normed, queryWeight, queryBias), batch, time));
            NDArray k = angles.rotate(heads(Torch.linear(normed, keyWeight, keyBias), batch, time));
            NDArray v = heads(Torch.linear(normed, valueWeight, valueBias), batch, time);
            sink.accept(k, v);
            NDArray attended =
                    Torch.scaledDotProductAttention(q, k, v, config.groups()); // [batch, time, heads·headSize]
            NDArray output = feedForward(input.add(Torch.linear(attended, outputWeight, null)));
            output.attach(owner);
            return output;
        }
    }

    NDArray decode(NDArray input, DecodeStep step, KeyValueCache.Layer cache) { // [rows, hidden], result too
        NDManager owner = input.getManager();
        long rows = input.getShape().get(0);
        try (NDManager scope = owner.newSubManager()) {
            input.attach(scope);
            NDArray normed = Torch.rmsNorm(input, inputNorm, config.rmsNormEps());
            NDArray q = step.angles().rotate(heads(Torch.linear(normed, queryWeight, queryBias), rows));
            NDArray k = step.angles().rotate(heads(Torch.linear(normed, keyWeight, keyBias), rows));
            NDArray v = heads(Torch.linear(normed, valueWeight, valueBias), rows);
            cache.write(step.slots(), k, v);
            // The queries of a group read the same keys, so they stand where the time axis would: no copy of the cache.
            NDArray grouped = q.reshape(rows, config.keyValueHeads(), config.groups(), config.headSize());
            NDArray attended = Torch.cachedAttention(grouped, cache.keys(), cache.values(), step.mask(), step.length());
            NDArray output = feedForward(input.add(Torch.linear(attended, outputWeight, null)));
            output.attach(owner);
            return output;
        }
    }

    private NDArray feedForward(NDArray x) { // [..., hidden]
        NDArray normed = Torch.rmsNorm(x, feedForwardNorm, config.rmsNormEps());
        NDArray inner = Torch.gatedSilu(Torch.linear(normed, gateWeight, null), Torch.linear(normed, upWeight, null));
        return x.add(Torch.linear(inner, downWeight, null));
    }

    private NDArray heads(NDArray x, long batch, long time) { // [batch, time, heads, headSize]
        return x.reshape(batch, time, -1, config.headSize());
    }

    private NDArray heads(NDArray x, long rows) { // [rows, heads, headSize]
        return x.reshape(rows, -1, config.headSize());
    }
}
