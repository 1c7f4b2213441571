package dev.cooper.cli.inference;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What lines say, as token ids: {@code token_ids} as they stand there, or {@code text} by the tokenizer of a model's
 * folder, which is only read when a line has a text.
 */
final class LineTokens implements AutoCloseable {
    private static final String TOKENIZER = "tokenizer.json";

    private final Path folder;
    private final ModelConfig config;
    private @Nullable Tokenizer tokenizer;

    LineTokens(Path folder, ModelConfig config) {
        this.folder = folder;
        this.config = config;
    }

    /**
     * The tokens of a line, at least one.
     *
     * @throws InvalidLineException if it has none, or some that the model cannot read
     */
    TokenIds of(JsonLine line) throws IOException {
        Optional<TokenIds> ids = line.tokenIds("token_ids");
        Optional<String> text = line.text("text");
        if (ids.isPresent() == text.isPresent()) {
            throw line.invalid(
                    ids.isPresent()
                            ? "it has both token_ids and text; give one of them"
                            : "it has neither token_ids nor text; give one of them");
        }
        TokenIds tokens = ids.isPresent() ? ids.get() : tokenizer(line).encodeWithSpecialTokens(text.orElseThrow());
        checkReadable(line, tokens, config, config.maxPositions());
        return tokens;
    }

    /** Checks that there are tokens, that the model knows them, and that it has positions for them. */
    static void checkReadable(JsonLine line, TokenIds tokens, ModelConfig config, int most) {
        if (tokens.size() == 0) {
            throw line.invalid("it has no tokens; give at least one");
        }
        if (tokens.max() >= config.vocabSize()) {
            throw line.invalid("it has the token %d; the model's vocab_size is %d, so the greatest id is %d"
                    .formatted(tokens.max(), config.vocabSize(), config.vocabSize() - 1));
        }
        if (tokens.size() > most) {
            throw line.invalid("it has %d tokens; the model reads at most %d (max_position_embeddings %d): shorten it"
                    .formatted(tokens.size(), most, config.maxPositions()));
        }
    }

    private Tokenizer tokenizer(JsonLine line) throws IOException {
        if (tokenizer == null) {
            if (!Files.exists(folder.resolve(TOKENIZER))) {
                throw line.invalid("it has a text, and %s has no %s to read it with; give token_ids, or add the file"
                        .formatted(folder, TOKENIZER));
            }
            Tokenizer loaded = Tokenizer.load(folder);
            tokenizer = loaded;
            loaded.checkFits(config.vocabSize());
        }
        return tokenizer;
    }

    @Override
    public void close() {
        if (tokenizer != null) {
            tokenizer.close();
        }
    }
}
