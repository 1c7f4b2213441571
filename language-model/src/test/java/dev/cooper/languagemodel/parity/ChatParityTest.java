package dev.cooper.languagemodel.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.languagemodel.chat.ChatMessage;
import dev.cooper.languagemodel.chat.ChatTemplate;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Compares conversations rendered by templates with what transformers' {@code apply_chat_template} renders. */
class ChatParityTest {
    /** The time at which the fixtures were rendered, whenever that was. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-07T15:04:05Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"qwen2-style, qwen-style", "llama-style, llama-style"})
    void theTemplateOfAModelsFolderRendersTheSame(String name, String folder) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.folder("tokenizers/" + folder))) {
            assertSame(name, ChatTemplate.of(tokenizer.files(), CLOCK), tokenizer);
        }
    }

    @ParameterizedTest
    @CsvSource({"qwen3-style, qwen-style", "trimming-style, llama-style"})
    void aTemplateFileRendersTheSame(String name, String folder) throws IOException {
        Path file = Fixtures.folder("chats").resolve(name + ".jinja");
        Map<String, String> tokens = Map.of("bos_token", "<|begin_of_text|>", "eos_token", "<|eot_id|>");
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.folder("tokenizers/" + folder))) {
            assertSame(name, ChatTemplate.parse(file, Files.readString(file), tokens, CLOCK), tokenizer);
        }
    }

    private static void assertSame(String name, ChatTemplate template, Tokenizer tokenizer) throws IOException {
        List<JsonNode> lines = Fixtures.jsonLines(Fixtures.folder("chats").resolve(name + ".jsonl"));
        assertThat(lines).hasSizeGreaterThan(200).allSatisfy(line -> {
            List<ChatMessage> messages = StreamSupport.stream(
                            line.required("messages").spliterator(), false)
                    .map(m -> new ChatMessage(
                            m.required("role").asString(), m.required("content").asString()))
                    .toList();
            boolean add = line.required("addGenerationPrompt").asBoolean();
            Map<String, Object> settings = settings(line.required("settings"));
            if (line.has("error")) {
                assertThatThrownBy(() -> template.render(messages, add, settings))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(line.required("error").asString());
            } else {
                assertThat(template.render(messages, add, settings))
                        .isEqualTo(line.required("text").asString());
                if (settings.isEmpty()) {
                    assertThat(template.encode(tokenizer, messages, add))
                            .isEqualTo(Checkpoint.tokens(line.required("ids")));
                }
            }
        });
    }

    private static Map<String, Object> settings(JsonNode json) {
        Map<String, Object> settings = new HashMap<>();
        json.forEachEntry(
                (name, value) -> settings.put(name, value.isBoolean() ? value.asBoolean() : value.asString()));
        return settings;
    }
}
