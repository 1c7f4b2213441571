package dev.cooper.languagemodel.model;

import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.Biases;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.safetensors.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names and shapes of the tensors of an architecture, as Hugging Face writes them, and their values at the start. */
final class ParameterShapes {
    static final String EMBEDDING = "model.embed_tokens.weight";
    static final String FINAL_NORM = "model.norm.weight";
    static final String OUTPUT = "lm_head.weight";
    static final String SCORE = "score.weight";

    private ParameterShapes() {}

    static String layer(int layer, String name) {
        return "model.layers." + layer + "." + name;
    }

    /** Of a language model. */
    static SortedMap<String, Shape> of(ModelConfig config) {
        SortedMap<String, Shape> shapes = backbone(config);
        if (!config.tiedEmbeddings()) {
            shapes.put(OUTPUT, new Shape(config.vocabSize(), config.hiddenSize()));
        }
        return shapes;
    }

    /** Of a model with one output on the last token. */
    static SortedMap<String, Shape> ofScore(ModelConfig config) {
        SortedMap<String, Shape> shapes = backbone(config);
        shapes.put(SCORE, new Shape(1, config.hiddenSize()));
        return shapes;
    }

    private static SortedMap<String, Shape> backbone(ModelConfig config) {
        SortedMap<String, Shape> shapes = new TreeMap<>();
        shapes.put(EMBEDDING, new Shape(config.vocabSize(), config.hiddenSize()));
        shapes.put(FINAL_NORM, new Shape(config.hiddenSize()));
        for (int i = 0; i < config.layers(); i++) {
            String layer = layer(i, "");
            decoderLayer(config).forEach((name, shape) -> shapes.put(layer + name, shape));
        }
        return shapes;
    }

    private static Map<String, Shape> decoderLayer(ModelConfig config) {
        Map<String, Shape> shapes = new TreeMap<>();
        long hidden = config.hiddenSize();
        long queries = (long) config.heads() * config.headSize();
        long keys = (long) config.keyValueHeads() * config.headSize();
        long inner = config.intermediateSize();
        Biases biases = config.biases();
        shapes.put("input_layernorm.weight", new Shape(hidden));
        linear(shapes, "self_attn.q_proj", queries, hidden, biases.queryKeyValue());
        linear(shapes, "self_attn.k_proj", keys, hidden, biases.queryKeyValue());
        linear(shapes, "self_attn.v_proj", keys, hidden, biases.queryKeyValue());
        linear(shapes, "self_attn.o_proj", hidden, queries, biases.attentionOutput());
        if (config.queryKeyNorm()) {
            shapes.put("self_attn.q_norm.weight", new Shape(config.headSize()));
            shapes.put("self_attn.k_norm.weight", new Shape(config.headSize()));
        }
        shapes.put("post_attention_layernorm.weight", new Shape(hidden));
        linear(shapes, "mlp.gate_proj", inner, hidden, biases.feedForward());
        linear(shapes, "mlp.up_proj", inner, hidden, biases.feedForward());
        linear(shapes, "mlp.down_proj", hidden, inner, biases.feedForward());
        return shapes;
    }

    private static void linear(Map<String, Shape> shapes, String name, long out, long in, boolean biased) {
        shapes.put(name + ".weight", new Shape(out, in));
        if (biased) {
            shapes.put(name + ".bias", new Shape(out));
        }
    }

    static Tensor initial(String name, Shape shape, ModelConfig config, long seed) {
        float[] values = new float[Math.toIntExact(shape.size())];
        if (name.endsWith("norm.weight")) {
            Arrays.fill(values, 1);
        } else if (name.endsWith(".weight")) {
            long key = CounterRandom.key(seed, name);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (config.initializerRange() * CounterRandom.gaussian(key, i));
            }
        }
        return new Tensor(Arrays.stream(shape.getShape()).boxed().toList(), values);
    }
}
