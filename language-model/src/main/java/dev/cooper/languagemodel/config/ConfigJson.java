package dev.cooper.languagemodel.config;

import dev.cooper.languagemodel.InvalidModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** config.json of the Qwen2 family, in the spellings of Transformers 4 (rope_theta) and 5 (rope_parameters). */
final class ConfigJson {
    static final String LANGUAGE_MODEL = "Qwen2ForCausalLM";
    static final String REWARD_MODEL = "Qwen2ForSequenceClassification";

    private static final String MODEL_TYPE = "qwen2";
    private static final double DEFAULT_THETA = 10_000;

    private ConfigJson() {}

    static ModelConfig readLanguageModel(Path file) throws IOException {
        JsonFile json = JsonFile.read(file);
        requireArchitecture(
                json, LANGUAGE_MODEL, "a language model, the one kind that can sample and be trained as a policy");
        return read(file, json);
    }

    static ModelConfig readRewardModel(Path file) throws IOException {
        JsonFile json = JsonFile.read(file);
        requireArchitecture(
                json, REWARD_MODEL, "a reward model; a language model gets its scoring head by training one");
        json.integer("num_labels").ifPresent(labels -> requireOneLabel(json, "num_labels", labels));
        json.object("id2label")
                .ifPresent(labels ->
                        requireOneLabel(json, "id2label", labels.root().size()));
        return read(file, json);
    }

    private static void requireOneLabel(JsonFile json, String key, int labels) {
        if (labels != 1) {
            throw json.invalid(
                    key, labels + " labels", "1 label: a reward model has one output, the logit of a correct answer");
        }
    }

    private static void requireArchitecture(JsonFile json, String architecture, String meaning) {
        JsonNode architectures = json.root().path("architectures");
        if (architectures.size() != 1
                || !architecture.equals(architectures.get(0).asString())) {
            throw json.invalid("architectures", architectures, "[\"%s\"]: %s".formatted(architecture, meaning));
        }
    }

    private static ModelConfig read(Path file, JsonFile json) {
        checkSupported(json);
        int hidden = json.requiredInteger("hidden_size");
        int heads = json.requiredInteger("num_attention_heads");
        Optional<Integer> headSize = json.integer("head_dim");
        if (headSize.isEmpty() && (heads < 1 || hidden % heads != 0)) {
            throw json.invalid(
                    "hidden_size",
                    hidden,
                    "a multiple of num_attention_heads (%d), or head_dim be given".formatted(heads));
        }
        try {
            return new ModelConfig(
                    json.requiredInteger("vocab_size"),
                    hidden,
                    json.requiredInteger("intermediate_size"),
                    json.requiredInteger("num_hidden_layers"),
                    heads,
                    json.integer("num_key_value_heads").orElse(heads),
                    headSize.orElseGet(() -> hidden / heads),
                    json.requiredInteger("max_position_embeddings"),
                    json.number("rms_norm_eps").orElse(1e-6),
                    ropeTheta(json),
                    json.flag("tie_word_embeddings").orElse(false),
                    json.number("initializer_range").orElse(0.02));
        } catch (IllegalArgumentException e) {
            throw new InvalidModelException(file, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkSupported(JsonFile json) {
        require(json, "model_type", json.text("model_type").orElse(MODEL_TYPE), MODEL_TYPE);
        require(json, "hidden_act", json.text("hidden_act").orElse("silu"), "silu");
        require(json, "use_sliding_window", json.flag("use_sliding_window").orElse(false), false);
        require(json, "attention_bias", json.flag("attention_bias").orElse(true), true);
        require(json, "mlp_bias", json.flag("mlp_bias").orElse(false), false);
        if (json.has("quantization_config")) {
            throw json.invalid("quantization_config", "set", "absent; convert the model to unquantised weights");
        }
        for (JsonNode layerType : json.root().path("layer_types")) {
            require(json, "layer_types", layerType.asString(), "full_attention");
        }
    }

    private static double ropeTheta(JsonFile json) {
        for (String key : new String[] {"rope_parameters", "rope_scaling"}) {
            Optional<JsonFile> rope = json.object(key);
            if (rope.isPresent()) {
                String type = rope.get()
                        .text("rope_type")
                        .or(() -> rope.get().text("type"))
                        .orElse("default");
                require(rope.get(), "rope_type", type, "default");
            }
        }
        return json.object("rope_parameters")
                .flatMap(rope -> rope.number("rope_theta"))
                .or(() -> json.number("rope_theta"))
                .orElse(DEFAULT_THETA);
    }

    private static <T> void require(JsonFile json, String key, T value, T supported) {
        if (!value.equals(supported)) {
            throw json.invalid(key, value, supported + ", the one that is supported");
        }
    }

    static String writeLanguageModel(ModelConfig config, SpecialTokens special) {
        return text(describe(config, special, LANGUAGE_MODEL));
    }

    static String writeRewardModel(ModelConfig config, SpecialTokens special) {
        ObjectNode json = describe(config, special, REWARD_MODEL);
        json.putObject("id2label").put("0", "LABEL_0");
        json.putObject("label2id").put("LABEL_0", 0);
        json.put("num_labels", 1);
        return text(json);
    }

    private static String text(ObjectNode json) {
        return JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    }

    private static ObjectNode describe(ModelConfig config, SpecialTokens special, String architecture) {
        ObjectNode json = JsonFile.MAPPER.createObjectNode();
        json.putArray("architectures").add(architecture);
        json.put("attention_dropout", 0.0);
        json.set("eos_token_id", endOfText(special));
        json.put("head_dim", config.headSize());
        json.put("hidden_act", "silu");
        json.put("hidden_size", config.hiddenSize());
        json.put("initializer_range", config.initializerRange());
        json.put("intermediate_size", config.intermediateSize());
        json.put("max_position_embeddings", config.maxPositions());
        json.put("model_type", MODEL_TYPE);
        json.put("num_attention_heads", config.heads());
        json.put("num_hidden_layers", config.layers());
        json.put("num_key_value_heads", config.keyValueHeads());
        json.put("pad_token_id", special.padding());
        json.put("rms_norm_eps", config.rmsNormEps());
        json.putObject("rope_parameters").put("rope_theta", config.ropeTheta()).put("rope_type", "default");
        json.put("rope_theta", config.ropeTheta());
        json.put("tie_word_embeddings", config.tiedEmbeddings());
        json.put("torch_dtype", "float32");
        json.put("use_cache", true);
        json.put("use_sliding_window", false);
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
