package dev.cooper.languagemodel;

import dev.cooper.languagemodel.config.ModelConfig;
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
}
