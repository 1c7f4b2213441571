package dev.cooper.cli.inference;

import dev.cooper.languagemodel.tokens.TokenIds;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A line of a JSONL file.
 *
 * @param file where it stands
 * @param number its number, from 1
 * @param object what it holds
 */
public record JsonLine(Path file, int number, JsonNode object) {
    /** Whether a key is there. */
    public boolean has(String key) {
        return object.has(key);
    }

    /** A text. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(object.get(key)).map(value -> {
            if (!value.isString()) {
                throw invalid("%s is %s; it must be a text".formatted(key, value));
            }
            return value.stringValue();
        });
    }

    /** A text that has to be there. */
    public String requiredText(String key) {
        return text(key)
                .orElseThrow(() -> invalid("it has no %s; give it as a text: {\"%s\": \"..\"}".formatted(key, key)));
    }

    /** A list of token ids. */
    public Optional<TokenIds> tokenIds(String key) {
        return Optional.ofNullable(object.get(key)).map(value -> {
            if (!value.isArray()) {
                throw invalid("%s is %s; it must be a list of token ids".formatted(key, value));
            }
            int[] ids = new int[value.size()];
            for (int i = 0; i < ids.length; i++) {
                JsonNode id = value.get(i);
                if (!id.isInt() || id.intValue() < 0) {
                    throw invalid("%s[%d] is %s; it must be a token id".formatted(key, i, id));
                }
                ids[i] = id.intValue();
            }
            return TokenIds.of(ids);
        });
    }

    /** An error about this line, which says what is wrong and what to do. */
    public InvalidLineException invalid(String reason) {
        return new InvalidLineException(file, number, reason);
    }
}
