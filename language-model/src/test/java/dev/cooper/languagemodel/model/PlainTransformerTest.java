package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the network with the architecture written out once more in loops over float64. */
class PlainTransformerTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theNetworkEqualsTheArchitectureWrittenInLoops(boolean tied) {
        TokenIds tokens = TestingModels.randomTokens(14, 6);
        try (CausalLanguageModel model = LanguageModel.initialiseNetwork(TestingModels.tinyConfig(tied), 3);
                GradientMode _ = GradientMode.off()) {
            for (String name : model.weights().arrays().keySet()) {
                if (name.endsWith("bias") || name.endsWith("norm.weight")) { // else these would be zeros and ones
                    float[] values = model.weights().array(name).toFloatArray();
                    for (int i = 0; i < values.length; i++) {
                        values[i] += 0.1f * (i % 7) - 0.3f;
                    }
                    model.weights().array(name).set(values);
                }
            }
            TokenScores scored = model.score(TokenBatch.scoring(List.of(new ScoredSequence(tokens, 1))), 1);
            double[] plain = new Plain(model).logProbs(tokens);
            for (int i = 0; i < plain.length; i++) {
                assertThat((double) scored.logProb(i)).isCloseTo(plain[i], within(1e-4));
            }
        }
    }

    private static final class Plain {
        private final ModelConfig config;
        private final Weights weights;

        Plain(CausalLanguageModel model) {
            config = model.config();
            weights = model.weights();
        }

        double[] logProbs(TokenIds tokens) {
            double[][] x = new double[tokens.size()][];
            float[] embedding = weights.array("model.embed_tokens.weight").toFloatArray();
            for (int t = 0; t < x.length; t++) {
                x[t] = new double[config.hiddenSize()];
                for (int i = 0; i < x[t].length; i++) {
                    x[t][i] = embedding[tokens.get(t) * config.hiddenSize() + i];
                }
            }
            for (int layer = 0; layer < config.layers(); layer++) {
                addAttention(x, "model.layers." + layer + ".");
                addFeedForward(x, "model.layers." + layer + ".");
            }
            double[] result = new double[x.length - 1];
            String output = config.tiedEmbeddings() ? "model.embed_tokens" : "lm_head";
            for (int t = 0; t < result.length; t++) {
                double[] logits = linear(norm(x[t], "model.norm.weight"), output, false);
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
                q[t] = rotated(linear(normed, layer + "self_attn.q_proj", true), t);
                k[t] = rotated(linear(normed, layer + "self_attn.k_proj", true), t);
                v[t] = linear(normed, layer + "self_attn.v_proj", true);
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
                add(x[t], linear(heads, layer + "self_attn.o_proj", false));
            }
        }

        private void addFeedForward(double[][] x, String layer) {
            for (double[] row : x) {
                double[] normed = norm(row, layer + "post_attention_layernorm.weight");
                double[] gate = linear(normed, layer + "mlp.gate_proj", false);
                double[] up = linear(normed, layer + "mlp.up_proj", false);
                for (int i = 0; i < gate.length; i++) {
                    gate[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
                }
                add(row, linear(gate, layer + "mlp.down_proj", false));
            }
        }

        /** Pairs (i, i + half) of each head are turned by position · theta^(-2i / size). */
        private double[] rotated(double[] x, int position) {
            int size = config.headSize();
            double[] result = new double[x.length];
            for (int start = 0; start < x.length; start += size) {
                for (int i = 0; i < size / 2; i++) {
                    double angle = position * Math.pow(config.ropeTheta(), -2.0 * i / size);
                    double first = x[start + i];
                    double second = x[start + i + size / 2];
                    result[start + i] = first * Math.cos(angle) - second * Math.sin(angle);
                    result[start + i + size / 2] = second * Math.cos(angle) + first * Math.sin(angle);
                }
            }
            return result;
        }

        private double[] norm(double[] x, String name) {
            float[] weight = weights.array(name).toFloatArray();
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

        private double[] linear(double[] x, String name, boolean biased) {
            float[] weight = weights.array(name + ".weight").toFloatArray();
            double[] result = new double[weight.length / x.length];
            for (int row = 0; row < result.length; row++) {
                for (int i = 0; i < x.length; i++) {
                    result[row] += weight[row * x.length + i] * x[i];
                }
            }
            if (biased) {
                float[] bias = weights.array(name + ".bias").toFloatArray();
                for (int row = 0; row < result.length; row++) {
                    result[row] += bias[row];
                }
            }
            return result;
        }

        private static void add(double[] x, double[] y) {
            for (int i = 0; i < x.length; i++) {
                x[i] += y[i];
            }
        }
    }
}
