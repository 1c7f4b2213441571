package dev.cooper.perturbation;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Policies with random weights whose tokens are the words w2 to w31. */
public final class TestingPolicies {

    private static final int VOCABULARY = 32;

    private TestingPolicies() {}

    /** Writes a model in Hugging Face layout whose weights are a function of the seed. */
    public static Path write(Path folder, long seed) throws IOException {
        Files.createDirectories(folder);
        ModelConfig config = new ModelConfig(VOCABULARY, 16, 24, 2, 4, 2, 4, 256, 1e-6, 10_000, true, 0.3);
        writeTokenizer(folder, VOCABULARY);
        try (LanguageModel model = LanguageModel.initialise(config, Tokenizer.load(folder), seed)) {
            model.save(folder);
        }
        return folder;
    }

    /** Writes a tokenizer whose ids from 0 are &lt;pad&gt;, &lt;eos&gt;, w2, w3 and so on. */
    public static void writeTokenizer(Path folder, int size) throws IOException {
        String words = IntStream.range(2, size)
                .mapToObj(i -> ", \"w%d\": %d".formatted(i, i))
                .collect(Collectors.joining());
        String special = "{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false,"
                + " \"rstrip\": false, \"normalized\": false, \"special\": true}";
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [%s, %s],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "unk_token": "<pad>", "vocab": {"<pad>": 0, "<eos>": 1%s}}}
                """.formatted(
                        special.formatted(0, "<pad>"), special.formatted(1, "<eos>"), words));
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<eos>\", \"pad_token\": \"<pad>\"}");
    }
}
