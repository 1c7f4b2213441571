package dev.cooper.cli.inference;

import dev.cooper.languagemodel.chat.ChatMessage;
import dev.cooper.languagemodel.chat.ChatTemplate;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Prompts as token ids: texts as they are or, in a chat, as turns in the model's template. */
public final class Prompts {
    private static final List<String> PLAIN_KEYS = List.of("prompt", "text", "token_ids");
    private static final List<String> CHAT_KEYS = List.of("prompt", "text", "messages");

    private final LanguageModel model;
    private final Optional<ChatTemplate> chat;
    private final int most;

    /**
     * Prompts for a model.
     *
     * @param chat makes a prompt of turns; without it texts are prompts as they are
     * @param contextLength longest prompt with its completion, in tokens
     */
    public Prompts(LanguageModel model, Optional<ChatTemplate> chat, int contextLength) {
        this.model = model;
        this.chat = chat;
        this.most = contextLength - 1;
    }

    /**
     * The tokens of a text that was given on the command line.
     *
     * @throws IllegalArgumentException if it is empty, or leaves no room for a completion
     */
    public TokenIds of(String prompt) {
        if (prompt.isEmpty()) {
            throw new IllegalArgumentException("--prompt is empty; give a text to go on from");
        }
        TokenIds tokens = encode(prompt);
        if (tokens.size() > most) {
            throw new IllegalArgumentException(
                    "--prompt has %d tokens; at most %d fit before one token of a completion: shorten it"
                            .formatted(tokens.size(), most));
        }
        return tokens;
    }

    /**
     * The tokens of a line with a {@code prompt} (also called {@code text}) or {@code token_ids}, or in a chat with a
     * {@code prompt} or {@code messages}, each of a {@code role} and a {@code content}.
     *
     * @throws InvalidLineException if it has none of them or several, or leaves no room for a completion
     */
    TokenIds of(JsonLine line) {
        List<String> keys = chat.isPresent() ? CHAT_KEYS : PLAIN_KEYS;
        List<String> given = keys.stream().filter(line::has).toList();
        if (given.size() != 1) {
            throw line.invalid("it has %s of %s; give one of them"
                    .formatted(given.isEmpty() ? "none" : "several", String.join(", ", keys)));
        }
        TokenIds tokens = read(line);
        LineTokens.checkReadable(line, tokens, model.config(), most);
        return tokens;
    }

    private TokenIds read(JsonLine line) {
        Optional<String> text = Stream.of("prompt", "text")
                .flatMap(key -> line.text(key).stream())
                .findFirst();
        if (text.isPresent()) {
            if (text.get().isEmpty()) {
                throw line.invalid("its prompt is empty; give a text to go on from");
            }
            return encode(text.get());
        }
        return chat.map(template -> conversation(line, template))
                .orElseGet(() -> line.tokenIds("token_ids").orElseThrow());
    }

    private TokenIds encode(String text) {
        return chat.map(template -> template.encode(model.tokenizer(), List.of(ChatMessage.user(text)), true))
                .orElseGet(() -> model.tokenizer().encodeWithSpecialTokens(text));
    }

    private TokenIds conversation(JsonLine line, ChatTemplate template) {
        JsonNode turns = line.object().path("messages");
        if (!turns.isArray()) {
            throw line.invalid("messages is %s; it must be a list of turns".formatted(turns));
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : turns) {
            JsonNode role = message.path("role");
            JsonNode content = message.path("content");
            if (!role.isString() || !content.isString()) {
                throw line.invalid("messages[%d] is %s; it must be {\"role\": \"...\", \"content\": \"...\"}"
                        .formatted(messages.size(), message));
            }
            if (role.stringValue().isBlank()) {
                throw line.invalid("messages[%d] has no role".formatted(messages.size()));
            }
            messages.add(new ChatMessage(role.stringValue(), content.stringValue()));
        }
        try {
            return template.encode(model.tokenizer(), messages, true);
        } catch (IllegalArgumentException e) {
            throw line.invalid(String.valueOf(e.getMessage()));
        }
    }
}
