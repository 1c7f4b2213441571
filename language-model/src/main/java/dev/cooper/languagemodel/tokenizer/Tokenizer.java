package dev.cooper.languagemodel.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.JsonFile;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Text to token ids and back, by the folder's tokenizer.json. It adds no special tokens of its own: a prompt is exactly
 * the text that is given, in which special tokens may be written out. Safe for use by several threads.
 */
public final class Tokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerFiles files;
    private final Map<String, Integer> vocabulary;
    private final SpecialTokens specialTokens;

    private Tokenizer(
            HuggingFaceTokenizer tokenizer,
            TokenizerFiles files,
            Map<String, Integer> vocabulary,
            SpecialTokens specialTokens) {
        this.tokenizer = tokenizer;
        this.files = files;
        this.vocabulary = vocabulary;
        this.specialTokens = specialTokens;
    }

    /**
     * Reads tokenizer.json, and the special tokens from generation_config.json, config.json or tokenizer_config.json,
     * whichever names them first.
     *
     * @throws InvalidModelException naming the file and what it lacks
     */
    public static Tokenizer load(Path folder) throws IOException {
        return of(TokenizerFiles.read(folder));
    }

    /** Another tokenizer of the same files, whether or not their folder is still there; the caller closes it. */
    public Tokenizer copy() throws IOException {
        return of(files);
    }

    private static Tokenizer of(TokenizerFiles files) throws IOException {
        System.setProperty("ai.djl.offline", System.getProperty("ai.djl.offline", "true"));
        Path file = files.folder().resolve(TokenizerFiles.TOKENIZER);
        byte[] content = files.content(TokenizerFiles.TOKENIZER);
        Map<String, Integer> vocabulary =
                Vocabulary.of(JsonFile.parse(file, new String(content, StandardCharsets.UTF_8)));
        SpecialTokens specialTokens = SpecialTokenFiles.read(files, vocabulary);
        SpecialTokenFiles.checkAddedTokens(files, vocabulary);
        Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");
        try {
            return new Tokenizer(
                    HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(content), options),
                    files,
                    vocabulary,
                    specialTokens);
        } catch (RuntimeException e) {
            throw new InvalidModelException(file, "cannot be used as a tokenizer: " + e.getMessage(), e);
        }
    }

    /** Ids of a text, and of nothing else. */
    public TokenIds encode(String text) {
        return encode(text, false);
    }

    /**
     * Ids of a text with what tokenizer.json's post-processor puts around a text, as transformers' tokenizers do unless
     * told otherwise: Llama's begin-of-text token, nothing with Qwen.
     */
    public TokenIds encodeWithSpecialTokens(String text) {
        return encode(text, true);
    }

    private TokenIds encode(String text, boolean withSpecialTokens) {
        return TokenIds.of(
                Arrays.stream(tokenizer.encode(text, withSpecialTokens, false).getIds())
                        .mapToInt(Math::toIntExact)
                        .toArray());
    }

    /** Text of ids, special tokens written out. */
    public String decode(TokenIds ids) {
        return decode(ids, false);
    }

    /** Text of ids without its special tokens, as a reader sees it. */
    public String decodeText(TokenIds ids) {
        return decode(ids, true);
    }

    private String decode(TokenIds ids, boolean skipSpecialTokens) {
        return tokenizer.decode(Arrays.stream(ids.toArray()).asLongStream().toArray(), skipSpecialTokens);
    }

    /** The id of a token as tokenizer.json writes it. */
    public Optional<Integer> id(String token) {
        return Optional.ofNullable(vocabulary.get(token));
    }

    /** One more than the highest id. */
    public int size() {
        return vocabulary.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }

    /** Tokens that end a completion, and the one that fills rows. */
    public SpecialTokens specialTokens() {
        return specialTokens;
    }

    /** The files that the tokenizer was read from, to be copied with a model. */
    public TokenizerFiles files() {
        return files;
    }

    /**
     * Checks that every id, those of special tokens included, has a row in the model's embedding. More rows than ids
     * are usual (padding to a round number).
     *
     * @throws InvalidModelException naming both sizes
     */
    public void checkFits(int vocabSize) {
        if (size() > vocabSize) {
            throw new InvalidModelException(
                    files.folder().resolve(TokenizerFiles.TOKENIZER),
                    "has ids up to %d, but the model's vocab_size is %d; use the tokenizer that the model was made with"
                            .formatted(size() - 1, vocabSize));
        }
        int highest = Math.max(
                specialTokens.padding(),
                Arrays.stream(specialTokens.endOfText().toArray()).max().orElse(0));
        if (highest >= vocabSize) {
            throw new InvalidModelException(
                    files.folder(),
                    "the end-of-text or padding token has the id %d, but the model's vocab_size is %d; correct eos_token_id and pad_token_id in generation_config.json or config.json"
                            .formatted(highest, vocabSize));
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
