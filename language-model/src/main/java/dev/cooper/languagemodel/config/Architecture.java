package dev.cooper.languagemodel.config;

import java.util.Arrays;
import java.util.List;

/**
 * The families of decoders that can be computed. They differ by their biases ({@link Biases}) and by whether queries
 * and keys are normalised; rotary positions, root mean square norms, grouped queries and the gated feed-forward layer
 * are the same.
 */
public enum Architecture {
    /** Qwen2 and Qwen2.5. */
    QWEN2("qwen2", "Qwen2"),
    /** Qwen3: every head's queries and keys are normalised before they are rotated. */
    QWEN3("qwen3", "Qwen3"),
    /** Llama 3.x and what shares its layout. */
    LLAMA("llama", "Llama");

    private final String modelType;
    private final String prefix;

    Architecture(String modelType, String prefix) {
        this.modelType = modelType;
        this.prefix = prefix;
    }

    /** {@code model_type} of config.json. */
    public String modelType() {
        return modelType;
    }

    /** Hugging Face's class of a language model, as {@code architectures} of config.json names it. */
    public String languageModelClass() {
        return prefix + "ForCausalLM";
    }

    /** Hugging Face's class of a model that scores, as {@code architectures} of config.json names it. */
    public String rewardModelClass() {
        return prefix + "ForSequenceClassification";
    }

    static List<Architecture> all() {
        return Arrays.asList(values());
    }
}
