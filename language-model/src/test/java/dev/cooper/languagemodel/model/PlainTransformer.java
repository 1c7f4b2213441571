package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import dev.cooper.languagemodel.config.Architecture;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.RopeScaling;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The architectures written out once more, in loops over float64, to compare the network with. */
public final class PlainTransformer {
    private final ModelConfig config;
    private final SortedMap<String, double[]> weights;

    /** A model with these weights, which the caller may change between computations. */
    public PlainTransformer(ModelConfig config, SortedMap<String, double[]> weights) {
        this.config = config;
        this.weights = weights;
    }

    /** A model with a copy of a network's weights. */
    public static PlainTransformer of(CausalLanguageModel model) {
        SortedMap<String, double[]> weights = new TreeMap<>();
        model.weights().arrays().forEach((name, array) -> weights.put(name, doubles(array)));
        return new PlainTransformer(model.config(), weights);
    }

    /** The weights by their names. */
    public SortedMap<String, double[]> weights() {
        return weights;
    }

    /** Log-probability of each token after the first. */
    public double[] logProbs(TokenIds tokens) {
        double[][] x = new double[tokens.size()][];
        double[] embedding = weight("model.embed_tokens.weight");
        for (int t = 0; t < x.length; t++) {
            x[t] = new double[config.hiddenSize()];
            System.arraycopy(embedding, tokens.get(t) * config.hiddenSize(), x[t], 0, config.hiddenSize());
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            addAttention(x, "model.layers." + layer + ".");
            addFeedForward(x, "model.layers." + layer + ".");
        }
        double[] result = new double[x.length - 1];
        String output = config.tiedEmbeddings() ? "model.embed_tokens" : "lm_head";
        for (int t = 0; t < result.length; t++) {
            double[] logits = linear(norm(x[t], "model.norm.weight"), output);
            double total = 0;
            for (double logit : logits) {
                total += Math.exp(logit);
            }
            result[t] = logits[tokens.get(t + 1)] - Math.log(total);
        }
        return result;
    }

    private void addAttention(double[][] x, String layer) {
        double[][] q = new double[x.length][];
        double[][] k = new double[x.length][];
        double[][] v = new double[x.length][];
        int size = config.headSize();
        for (int t = 0; t < x.length; t++) {
            double[] normed = norm(x[t], layer + "input_layernorm.weight");
            q[t] = rotated(headNorm(linear(normed, layer + "self_attn.q_proj"), layer + "self_attn.q_norm"), t);
            k[t] = rotated(headNorm(linear(normed, layer + "self_attn.k_proj"), layer + "self_attn.k_norm"), t);
            v[t] = linear(normed, layer + "self_attn.v_proj");
        }
        for (int t = 0; t < x.length; t++) {
            double[] heads = new double[config.heads() * size];
            for (int head = 0; head < config.heads(); head++) {
                int shared = head / config.groups() * size;
                double total = 0;
                for (int s = 0; s <= t; s++) {
                    double score = 0;
                    for (int i = 0; i < size; i++) {
                        score += q[t][head * size + i] * k[s][shared + i];
                    }
                    double weight = Math.exp(score / Math.sqrt(size));
                    total += weight;
                    for (int i = 0; i < size; i++) {
                        heads[head * size + i] += weight * v[s][shared + i];
                    }
                }
                for (int i = 0; i < size; i++) {
                    heads[head * size + i] /= total;
                }
            }
            add(x[t], linear(heads, layer + "self_attn.o_proj"));
        }
    }

    private void addFeedForward(double[][] x, String layer) {
        for (double[] row : x) {
            double[] normed = norm(row, layer + "post_attention_layernorm.weight");
            double[] gate = linear(normed, layer + "mlp.gate_proj");
            double[] up = linear(normed, layer + "mlp.up_proj");
            for (int i = 0; i < gate.length; i++) {
                gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
            }
            add(row, linear(gate, layer + "mlp.down_proj"));
        }
    }

    private double[] headNorm(double[] x, String name) {
        if (config.architecture() != Architecture.QWEN3) {
            return x;
        }
        double[] result = new double[x.length];
        double[] head = new double[config.headSize()];
        for (int start = 0; start < x.length; start += head.length) {
            System.arraycopy(x, start, head, 0, head.length);
            System.arraycopy(norm(head, name + ".weight"), 0, result, start, head.length);
        }
        return result;
    }

    /** Pairs (i, i + half) of each head are turned by position · frequency(i). */
    private double[] rotated(double[] x, int position) {
        int size = config.headSize();
        double[] result = new double[x.length];
        for (int start = 0; start < x.length; start += size) {
            for (int i = 0; i < size / 2; i++) {
                double angle = position * frequency(i);
                double first = x[start + i];
                double second = x[start + i + size / 2];
                result[start + i] = first * Math.cos(angle) - second * Math.sin(angle);
                result[start + i + size / 2] = second * Math.cos(angle) + first * Math.sin(angle);
            }
        }
        return result;
    }

    private double frequency(int i) {
        double plain = Math.pow(config.ropeTheta(), -2.0 * i / config.headSize());
        return switch (config.ropeScaling()) {
            case RopeScaling.None _ -> plain;
            case RopeScaling.Linear linear -> plain / linear.factor();
            case RopeScaling.Llama3 llama3 -> {
                double turns = llama3.originalMaxPositions() * plain / (2 * Math.PI); // in the first training's length
                double kept = (turns - llama3.lowFreqFactor()) / (llama3.highFreqFactor() - llama3.lowFreqFactor());
                double share = Math.clamp(kept, 0, 1);
                yield share * plain + (1 - share) * plain / llama3.factor();
            }
        };
    }

    private double[] norm(double[] x, String name) {
        double[] weight = weight(name);
        double squares = 0;
        for (double value : x) {
            squares += value * value;
        }
        double[] result = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            result[i] = x[i] / Math.sqrt(squares / x.length + config.rmsNormEps()) * weight[i];
        }
        return result;
    }

    private double[] linear(double[] x, String name) {
        double[] weight = weight(name + ".weight");
        double @Nullable [] bias = weights.get(name + ".bias");
        double[] result = new double[weight.length / x.length];
        for (int row = 0; row < result.length; row++) {
            result[row] = bias == null ? 0 : bias[row];
            for (int i = 0; i < x.length; i++) {
                result[row] += weight[row * x.length + i] * x[i];
            }
        }
        return result;
    }

    private double[] weight(String name) {
        double[] values = weights.get(name);
        if (values == null) {
            throw new IllegalStateException("No weight " + name);
        }
        return values;
    }

    private static double[] doubles(NDArray array) {
        float[] floats = array.toFloatArray();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }

    private static void add(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            x[i] += y[i];
        }
    }
}
