package dev.cooper.languagemodel.model;

import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.safetensors.Tensor;
import java.util.Arrays;
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
        long hidden = config.hiddenSize();
        long queries = (long) config.heads() * config.headSize();
        long keys = (long) config.keyValueHeads() * config.headSize();
        long inner = config.intermediateSize();
        shapes.put(EMBEDDING, new Shape(config.vocabSize(), hidden));
        shapes.put(FINAL_NORM, new Shape(hidden));
        for (int i = 0; i < config.layers(); i++) {
            shapes.put(layer(i, "input_layernorm.weight"), new Shape(hidden));
            shapes.put(layer(i, "self_attn.q_proj.weight"), new Shape(queries, hidden));
            shapes.put(layer(i, "self_attn.q_proj.bias"), new Shape(queries));
            shapes.put(layer(i, "self_attn.k_proj.weight"), new Shape(keys, hidden));
            shapes.put(layer(i, "self_attn.k_proj.bias"), new Shape(keys));
            shapes.put(layer(i, "self_attn.v_proj.weight"), new Shape(keys, hidden));
            shapes.put(layer(i, "self_attn.v_proj.bias"), new Shape(keys));
            shapes.put(layer(i, "self_attn.o_proj.weight"), new Shape(hidden, queries));
            shapes.put(layer(i, "post_attention_layernorm.weight"), new Shape(hidden));
            shapes.put(layer(i, "mlp.gate_proj.weight"), new Shape(inner, hidden));
            shapes.put(layer(i, "mlp.up_proj.weight"), new Shape(inner, hidden));
            shapes.put(layer(i, "mlp.down_proj.weight"), new Shape(hidden, inner));
        }
        return shapes;
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
