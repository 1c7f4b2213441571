package dev.cooper.languagemodel.config;

import dev.cooper.languagemodel.InvalidModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** config.json of the architectures that can be computed, in the spellings of Transformers 4 and 5. */
final class ConfigJson {
    private static final String HIDDEN_SIZE = "hidden_size";
    private static final String HEADS = "num_attention_heads";
    private static final String KEY_VALUE_HEADS = "num_key_value_heads";
    private static final String HEAD_SIZE = "head_dim";
    private static final String ATTENTION_BIAS = "attention_bias";
    private static final String FEED_FORWARD_BIAS = "mlp_bias";

    private ConfigJson() {}

    static ModelConfig readLanguageModel(Path file) throws IOException {
        JsonFile json = JsonFile.read(file);
        Architecture architecture = architecture(
                json,
                Architecture::languageModelClass,
                "a language model, the one kind that can sample and be trained as a policy");
        return read(file, json, architecture);
    }

    static ModelConfig readRewardModel(Path file) throws IOException {
        JsonFile json = JsonFile.read(file);
        Architecture architecture = architecture(
                json,
                Architecture::rewardModelClass,
                "a reward model; a language model gets its scoring head by training one");
        json.integer("num_labels").ifPresent(labels -> requireOneLabel(json, "num_labels", labels));
        json.object("id2label")
                .ifPresent(labels ->
                        requireOneLabel(json, "id2label", labels.root().size()));
        return read(file, json, architecture);
    }

    private static void requireOneLabel(JsonFile json, String key, int labels) {
        if (labels != 1) {
            throw json.invalid(
                    key, labels + " labels", "1 label: a reward model has one output, the logit of a correct answer");
        }
    }

    private static Architecture architecture(JsonFile json, Function<Architecture, String> className, String meaning) {
        JsonNode names = json.root().path("architectures");
        return Architecture.all().stream()
                .filter(a -> names.size() == 1
                        && className.apply(a).equals(names.path(0).asString("")))
                .findFirst()
                .orElseThrow(() -> json.invalid(
                        "architectures",
                        names,
                        Architecture.all().stream()
                                .map(a -> "[\"%s\"]".formatted(className.apply(a)))
                                .collect(Collectors.joining(", ", "one of ", ": " + meaning))));
    }

    private static ModelConfig read(Path file, JsonFile json, Architecture architecture) {
        checkSupported(json, architecture);
        try {
            RopeJson rope = RopeJson.read(json);
            return new ModelConfig(
                    architecture,
                    json.requiredInteger("vocab_size"),
                    json.requiredInteger(HIDDEN_SIZE),
                    json.requiredInteger("intermediate_size"),
                    json.requiredInteger("num_hidden_layers"),
                    json.requiredInteger(HEADS),
                    keyValueHeads(json, architecture),
                    headSize(json, architecture),
                    json.requiredInteger("max_position_embeddings"),
                    json.number("rms_norm_eps").orElse(1e-6),
                    rope.theta(),
                    rope.scaling(),
                    biases(json, architecture),
                    json.flag("tie_word_embeddings").orElse(false),
                    json.number("initializer_range").orElse(0.02));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(file, String.valueOf(e.getMessage()), e);
        }
    }

    /** Where the key is absent, Llama has as many as query heads; Transformers has no such rule for the others. */
    private static int keyValueHeads(JsonFile json, Architecture architecture) {
        return switch (architecture) {
            case QWEN2, QWEN3 -> json.requiredInteger(KEY_VALUE_HEADS);
            case LLAMA -> json.integer(KEY_VALUE_HEADS).orElseGet(() -> json.requiredInteger(HEADS));
        };
    }

    private static int headSize(JsonFile json, Architecture architecture) {
        if (architecture == Architecture.QWEN3) { // its width need not divide by the heads: nothing can be concluded
            return json.requiredInteger(HEAD_SIZE);
        }
        Optional<Integer> given = json.integer(HEAD_SIZE);
        if (given.isPresent()) {
            return given.get();
        }
        int hidden = json.requiredInteger(HIDDEN_SIZE);
        int heads = json.requiredInteger(HEADS);
        if (heads < 1 || hidden % heads != 0) {
            throw json.invalid(
                    HIDDEN_SIZE, hidden, "a multiple of %s (%d), or %s be given".formatted(HEADS, heads, HEAD_SIZE));
        }
        return hidden / heads;
    }

    private static Biases biases(JsonFile json, Architecture architecture) {
        return switch (architecture) {
            case QWEN2 -> Biases.QWEN2;
            case QWEN3, LLAMA -> {
                boolean attention = json.flag(ATTENTION_BIAS).orElse(false);
                yield new Biases(
                        attention, attention, json.flag(FEED_FORWARD_BIAS).orElse(false));
            }
        };
    }

    private static void checkSupported(JsonFile json, Architecture architecture) {
        String type = json.text("model_type").orElse(architecture.modelType());
        if (!type.equals(architecture.modelType())) {
            throw json.invalid("model_type", type, architecture.modelType() + ", what architectures names");
        }
        require(json, "hidden_act", json.text("hidden_act").orElse("silu"), "silu");
        require(json, "use_sliding_window", json.flag("use_sliding_window").orElse(false), false);
        if (architecture == Architecture.QWEN2) {
            require(json, ATTENTION_BIAS, json.flag(ATTENTION_BIAS).orElse(true), true);
        }
        if (architecture != Architecture.LLAMA) {
            require(json, FEED_FORWARD_BIAS, json.flag(FEED_FORWARD_BIAS).orElse(false), false);
        }
        if (json.has("quantization_config")) {
            throw json.invalid("quantization_config", "set", "absent; convert the model to unquantised weights");
        }
        for (JsonNode layerType : json.root().path("layer_types")) {
            require(json, "layer_types", layerType.asString(), "full_attention");
        }
    }

    private static <T> void require(JsonFile json, String key, T value, T supported) {
        if (!value.equals(supported)) {
            throw json.invalid(key, value, supported + ", the one that is supported");
        }
    }

    static String writeLanguageModel(ModelConfig config, SpecialTokens special, String dtype) {
        return text(describe(config, special, dtype, config.architecture().languageModelClass()));
    }

    static String writeRewardModel(ModelConfig config, SpecialTokens special, String dtype) {
        ObjectNode json = describe(config, special, dtype, config.architecture().rewardModelClass());
        json.putObject("id2label").put("0", "LABEL_0");
        json.putObject("label2id").put("LABEL_0", 0);
        json.put("num_labels", 1);
        return text(json);
    }

    private static String text(ObjectNode json) {
        return JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static ObjectNode describe(ModelConfig config, SpecialTokens special, String dtype, String className) {
        ObjectNode json = JsonFile.MAPPER.createObjectNode();
        json.putArray("architectures").add(className);
        if (config.architecture() != Architecture.QWEN2) {
            json.put(ATTENTION_BIAS, config.biases().queryKeyValue());
        }
        json.put("attention_dropout", 0.0);
        json.put("dtype", dtype);
        json.set("eos_token_id", endOfText(special));
        json.put(HEAD_SIZE, config.headSize());
        json.put("hidden_act", "silu");
        json.put(HIDDEN_SIZE, config.hiddenSize());
        json.put("initializer_range", config.initializerRange());
        json.put("intermediate_size", config.intermediateSize());
        json.put("max_position_embeddings", config.maxPositions());
        if (config.architecture() == Architecture.LLAMA) {
            json.put(FEED_FORWARD_BIAS, config.biases().feedForward());
        }
        json.put("model_type", config.architecture().modelType());
        json.put(HEADS, config.heads());
        json.put("num_hidden_layers", config.layers());
        json.put(KEY_VALUE_HEADS, config.keyValueHeads());
        json.put("pad_token_id", special.padding());
        json.put("rms_norm_eps", config.rmsNormEps());
        RopeJson.write(json, config.ropeTheta(), config.ropeScaling());
        json.put("tie_word_embeddings", config.tiedEmbeddings());
        json.put("torch_dtype", dtype);
        json.put("use_cache", true);
        if (config.architecture() != Architecture.LLAMA) {
            json.put("use_sliding_window", false);
        }
        json.put("vocab_size", config.vocabSize());
        return json;
    }

    /** A single id is written as a number, as Hugging Face does. */
    static JsonNode endOfText(SpecialTokens special) {
        ArrayNode ids = JsonFile.MAPPER.createArrayNode();
        for (int i = 0; i < special.endOfText().size(); i++) {
            ids.add(special.endOfText().get(i));
        }
        return ids.size() == 1 ? ids.get(0) : ids;
    }
}
