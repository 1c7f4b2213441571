package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.languagemodel.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Compares the ids of thousands of varied strings, and the texts of the ids, with those of transformers. */
class TokenizerParityTest {
    @ParameterizedTest
    @ValueSource(strings = {"qwen-style", "llama-style"})
    void idsAndTextsAreTheSame(String name) throws IOException {
        Path folder = Fixtures.folder("tokenizers/" + name);
        List<JsonNode> lines = Fixtures.jsonLines(folder.resolve("strings.jsonl"));
        assertThat(lines).hasSizeGreaterThanOrEqualTo(2000);
        try (Tokenizer tokenizer = Tokenizer.load(folder)) {
            assertThat(lines).allSatisfy(line -> {
                String text = line.required("text").asString();
                var ids = Checkpoint.tokens(line.required("ids"));
                assertThat(tokenizer.encode(text)).isEqualTo(ids);
                String decoded = line.path("decoded").asString(text);
                assertThat(tokenizer.decode(ids)).isEqualTo(decoded);
                assertThat(tokenizer.decodeText(ids))
                        .isEqualTo(line.path("shown").asString(decoded));
            });
        }
    }
}
