package dev.cooper.languagemodel.config;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A model's architecture and sizes: root mean square norms before attention and before a gated-SiLU feed-forward layer,
 * grouped-query attention, rotary positions.
 *
 * @param architecture the family
 * @param vocabSize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the feed-forward layer
 * @param layers number of decoder layers
 * @param heads query heads
 * @param keyValueHeads key and value heads; divides heads
 * @param headSize width of a head; even
 * @param maxPositions longest sequence, prompt and completion
 * @param rmsNormEps added to the mean square
 * @param ropeTheta base of the rotary frequencies
 * @param ropeScaling what is done to the rotary frequencies
 * @param biases which linear layers have one; Qwen2's are fixed, Qwen3 has none in its feed-forward layer
 * @param tiedEmbeddings whether the output layer is the embedding
 * @param initializerRange standard deviation of new weights
 */
public record ModelConfig(
        Architecture architecture,
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int maxPositions,
        double rmsNormEps,
        double ropeTheta,
        RopeScaling ropeScaling,
        Biases biases,
        boolean tiedEmbeddings,
        double initializerRange) {
    private static final String FLOAT32 = "float32";

    public ModelConfig {
        requirePositive("vocab_size", vocabSize);
        requirePositive("hidden_size", hiddenSize);
        requirePositive("intermediate_size", intermediateSize);
        requirePositive("num_hidden_layers", layers);
        requirePositive("num_attention_heads", heads);
        requirePositive("num_key_value_heads", keyValueHeads);
        requirePositive("head_dim", headSize);
        requirePositive("max_position_embeddings", maxPositions);
        requirePositive("rms_norm_eps", rmsNormEps);
        requirePositive("rope_theta", ropeTheta);
        requirePositive("initializer_range", initializerRange);
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException("num_attention_heads (%d) must be a multiple of num_key_value_heads (%d)"
                    .formatted(heads, keyValueHeads));
        }
        if (headSize % 2 != 0) {
            throw new IllegalArgumentException("head_dim (%d) must be even for rotary positions".formatted(headSize));
        }
        checkBiases(architecture, biases);
    }

    /** A Qwen2 model without rope scaling. */
    public ModelConfig(
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            int keyValueHeads,
            int headSize,
            int maxPositions,
            double rmsNormEps,
            double ropeTheta,
            boolean tiedEmbeddings,
            double initializerRange) {
        this(
                Architecture.QWEN2,
                vocabSize,
                hiddenSize,
                intermediateSize,
                layers,
                heads,
                keyValueHeads,
                headSize,
                maxPositions,
                rmsNormEps,
                ropeTheta,
                RopeScaling.NONE,
                Biases.QWEN2,
                tiedEmbeddings,
                initializerRange);
    }

    private static void checkBiases(Architecture architecture, Biases biases) {
        boolean fits = switch (architecture) {
            case QWEN2 -> biases.equals(Biases.QWEN2);
            case QWEN3 -> biases.queryKeyValue() == biases.attentionOutput() && !biases.feedForward();
            case LLAMA -> biases.queryKeyValue() == biases.attentionOutput();
        };
        if (!fits) {
            throw new IllegalArgumentException("%s has no layout with %s".formatted(architecture.modelType(), biases));
        }
    }

    /**
     * A tied Qwen2 model with head size {@code hiddenSize / heads} and its usual constants (eps 1e-6, theta 10000,
     * range 0.02).
     *
     * @throws IllegalArgumentException naming the key that does not fit
     */
    public static ModelConfig small(Size size, int vocabSize, int maxPositions) {
        if (size.hidden % size.heads != 0) {
            throw new IllegalArgumentException("hidden_size (%d) must be a multiple of num_attention_heads (%d)"
                    .formatted(size.hidden, size.heads));
        }
        return new ModelConfig(
                vocabSize,
                size.hidden,
                size.intermediate,
                size.layers,
                size.heads,
                size.keyValueHeads,
                size.hidden / size.heads,
                maxPositions,
                1e-6,
                10_000,
                true,
                0.02);
    }

    /** Widths and depth of a model. */
    public record Size(int hidden, int intermediate, int layers, int heads, int keyValueHeads) {}

    /** The same sizes in another family. */
    public ModelConfig as(Architecture family, Biases familyBiases, RopeScaling scaling) {
        return new ModelConfig(
                family,
                vocabSize,
                hiddenSize,
                intermediateSize,
                layers,
                heads,
                keyValueHeads,
                headSize,
                maxPositions,
                rmsNormEps,
                ropeTheta,
                scaling,
                familyBiases,
                tiedEmbeddings,
                initializerRange);
    }

    /**
     * Reads config.json strictly: what would change the computation and is not supported is an error that names file,
     * key and fix.
     *
     * @throws dev.cooper.languagemodel.InvalidModelException for content that cannot be used
     */
    public static ModelConfig read(Path configJson) throws IOException {
        return ConfigJson.readLanguageModel(configJson);
    }

    /**
     * Reads the config.json of a reward model, a classifier with one label, as strictly.
     *
     * @throws dev.cooper.languagemodel.InvalidModelException for content that cannot be used, such as two labels
     */
    public static ModelConfig readRewardModel(Path configJson) throws IOException {
        return ConfigJson.readRewardModel(configJson);
    }

    /** The text of a language model's config.json, for float32 weights, that Hugging Face's libraries read. */
    public String toJson(SpecialTokens specialTokens) {
        return toJson(specialTokens, FLOAT32);
    }

    /** The same for weights of another type: {@code float32}, {@code float16} or {@code bfloat16}. */
    public String toJson(SpecialTokens specialTokens, String dtype) {
        return ConfigJson.writeLanguageModel(this, specialTokens, dtype);
    }

    /** The text of a reward model's config.json for weights of a type that Hugging Face's libraries read. */
    public String toRewardModelJson(SpecialTokens specialTokens, String dtype) {
        return ConfigJson.writeRewardModel(this, specialTokens, dtype);
    }

    /** Queries that share one key and value head. */
    public int groups() {
        return heads / keyValueHeads;
    }

    /** Whether each head's queries and keys are normalised before they are rotated. */
    public boolean queryKeyNorm() {
        return architecture == Architecture.QWEN3;
    }

    private static void requirePositive(String key, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("%s must be positive, not %s".formatted(key, value));
        }
    }
}
