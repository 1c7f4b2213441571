package dev.cooper.cli.inference;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prompts as token ids: texts as they are or, in a chat, as the user's turn in the model's template. */
public final class Prompts {
    private static final List<String> KEYS = List.of("prompt", "text", "token_ids");

    private final LanguageModel model;
    private final int most;

    /**
     * Prompts for a model.
     *
     * @param contextLength longest prompt with its completion, in tokens
     */
    public Prompts(LanguageModel model, int contextLength) {
        this.model = model;
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
        TokenIds tokens = model.tokenizer().encode(prompt);
        if (tokens.size() > most) {
            throw new IllegalArgumentException(
                    "--prompt has %d tokens; at most %d fit before one token of a completion: shorten it"
                            .formatted(tokens.size(), most));
        }
        return tokens;
    }

    /**
     * The tokens of a line with a {@code prompt} (also called {@code text}) or {@code token_ids}.
     *
     * @throws InvalidLineException if it has none of them or several, or leaves no room for a completion
     */
    TokenIds of(JsonLine line) {
        List<String> given = KEYS.stream().filter(line::has).toList();
        if (given.size() != 1) {
            throw line.invalid("it has %s of %s; give one of them"
                    .formatted(given.isEmpty() ? "none" : "several", String.join(", ", KEYS)));
        }
        Optional<String> text = Stream.of("prompt", "text")
                .flatMap(key -> line.text(key).stream())
                .findFirst();
        TokenIds tokens = text.isPresent()
                ? model.tokenizer().encode(text.get())
                : line.tokenIds("token_ids").orElseThrow();
        LineTokens.checkReadable(line, tokens, model.config(), most);
        return tokens;
    }
}
