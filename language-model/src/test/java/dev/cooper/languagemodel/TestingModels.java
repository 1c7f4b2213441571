package dev.cooper.languagemodel;

import dev.cooper.languagemodel.config.Architecture;
import dev.cooper.languagemodel.config.Biases;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.RopeScaling;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small models with random weights, and a tokenizer of single words. */
public final class TestingModels {
    public static final int VOCABULARY = 32;
    public static final SpecialTokens SPECIAL = new SpecialTokens(TokenIds.of(1), 0);

    private TestingModels() {}

    /** Wide weights, so that the distributions are far from uniform. */
    public static ModelConfig tinyConfig(boolean tied) {
        return new ModelConfig(VOCABULARY, 16, 24, 2, 4, 2, 4, 64, 1e-6, 10_000, tied, 0.3);
    }

    /** A tiny model of each architecture, with what it alone has. */
    public enum Variant {
        QWEN2_TIED,
        QWEN2_UNTIED,
        QWEN3,
        QWEN3_BIASED,
        LLAMA,
        LLAMA_BIASED;

        public ModelConfig config() {
            return switch (this) {
                case QWEN2_TIED -> tinyConfig(true);
                case QWEN2_UNTIED -> tinyConfig(false);
                case QWEN3 -> config(Architecture.QWEN3, 8, RopeScaling.NONE, Biases.NONE, true);
                case QWEN3_BIASED ->
                    config(Architecture.QWEN3, 6, RopeScaling.NONE, new Biases(true, true, false), false);
                case LLAMA -> config(Architecture.LLAMA, 8, new RopeScaling.Llama3(8, 1, 4, 128), Biases.NONE, true);
                case LLAMA_BIASED ->
                    config(Architecture.LLAMA, 4, new RopeScaling.Linear(2), new Biases(true, true, true), false);
            };
        }

        private static ModelConfig config(
                Architecture architecture, int headSize, RopeScaling scaling, Biases biases, boolean tied) {
            return new ModelConfig(
                    architecture, VOCABULARY, 16, 24, 2, 4, 2, headSize, 64, 1e-6, 10_000, scaling, biases, tied, 0.3);
        }
    }

    /** A model whose norms and biases are no ones and zeros. */
    public static CausalLanguageModel varied(Variant variant, long seed) {
        CausalLanguageModel model = LanguageModel.initialiseNetwork(variant.config(), seed);
        for (String name : model.weights().arrays().keySet()) {
            if (name.endsWith("bias") || name.endsWith("norm.weight")) {
                float[] values = model.weights().array(name).toFloatArray();
                for (int i = 0; i < values.length; i++) {
                    values[i] += 0.1f * (i % 7) - 0.3f;
                }
                model.weights().array(name).set(values);
            }
        }
        return model;
    }

    public static CausalLanguageModel tiny() {
        return LanguageModel.initialiseNetwork(tinyConfig(true), 7);
    }

    public static TokenIds randomTokens(int length, long seed) {
        return TokenIds.of(IntStream.range(0, length)
                .map(i -> 2 + CounterRandom.integer(seed, i, VOCABULARY - 2))
                .toArray());
    }

    /** Writes a tokenizer whose ids 0 to words - 1 are &lt;pad&gt;, &lt;eos&gt;, w2, w3, and so on. */
    public static Tokenizer tokenizer(Path folder, int words) throws IOException {
        String vocabulary = IntStream.range(2, words)
                .mapToObj(i -> ", \"w%d\": %d".formatted(i, i))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [
                  {"id": 0, "content": "<pad>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 1, "content": "<eos>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<pad>", "vocab": {"<pad>": 0, "<eos>": 1%s}}}
                """.formatted(vocabulary));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                "{\"eos_token\": \"<eos>\", \"pad_token\": {\"content\": \"<pad>\"}}");
        return Tokenizer.load(folder);
    }

    /** Writes a tokenizer with a token for each byte and no others but &lt;pad&gt; and &lt;eos&gt;, 0 and 1. */
    public static Tokenizer byteTokenizer(Path folder) throws IOException {
        String vocabulary = IntStream.range(0, 256)
                .mapToObj(b -> ", \"%s\": %d".formatted(jsonOf(byteLetter(b)), byteToken(b)))
                .collect(Collectors.joining());
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null,
                 "added_tokens": [
                  {"id": 0, "content": "<pad>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
                  {"id": 1, "content": "<eos>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "normalizer": null, "post_processor": null,
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false},
                 "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false},
                 "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
                  "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "vocab": {"<pad>": 0, "<eos>": 1%s}, "merges": []}}
                """.formatted(vocabulary));
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<eos>\", \"pad_token\": \"<pad>\"}");
        return Tokenizer.load(folder);
    }

    /** The id of a byte, 0 to 255, in {@link #byteTokenizer}. */
    public static int byteToken(int value) {
        return 2 + value;
    }

    /** GPT-2's letters for bytes: printable ones stand for themselves, the others for letters from 256 on. */
    private static char byteLetter(int value) {
        int others = 0;
        for (int b = 0; b <= value; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
            if (b == value && printable) {
                return (char) b;
            }
            others += printable ? 0 : 1;
        }
        return (char) (255 + others);
    }

    private static String jsonOf(char letter) {
        return letter == '"' || letter == '\\' ? "\\" + letter : String.valueOf(letter);
    }
}
