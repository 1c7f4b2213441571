package dev.cooper.pretraining.tokenizer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code tokenizer.json} and {@code tokenizer_config.json} of a vocabulary. The model is byte-level BPE without
 * merges: a piece that is in the vocabulary is one token, any other piece falls into its bytes.
 */
public final class TokenizerFiles {
    private static final String TOKENIZER = "tokenizer.json";
    private static final String CONFIG = "tokenizer_config.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TokenizerFiles() {}

    /**
     * Writes both files.
     *
     * @param longest the longest sequence of the model in tokens
     */
    public static void write(Vocabulary vocabulary, int longest, Path folder) throws IOException {
        Files.writeString(folder.resolve(TOKENIZER), JSON.writeValueAsString(tokenizer(vocabulary)) + "\n");
        Files.writeString(folder.resolve(CONFIG), JSON.writeValueAsString(config(longest)) + "\n");
    }

    /** Deletes both files and the folder, which must hold nothing else. */
    public static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(TOKENIZER));
        Files.deleteIfExists(folder.resolve(CONFIG));
        Files.deleteIfExists(folder);
    }

    private static Map<String, ?> tokenizer(Vocabulary vocabulary) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        file.put("truncation", null);
        file.put("padding", null);
        file.put("added_tokens", List.of(special(vocabulary, Vocabulary.PAD), special(vocabulary, Vocabulary.END)));
        file.put("normalizer", null);
        file.put("pre_tokenizer", preTokenizer());
        file.put("post_processor", null);
        file.put("decoder", byteLevel());
        file.put("model", model(vocabulary));
        return file;
    }

    private static Map<String, ?> special(Vocabulary vocabulary, String content) {
        Map<String, Object> token = new LinkedHashMap<>();
        token.put("id", vocabulary.id(content));
        token.put("content", content);
        token.put("single_word", false);
        token.put("lstrip", false);
        token.put("rstrip", false);
        token.put("normalized", false);
        token.put("special", true);
        return token;
    }

    private static Map<String, ?> preTokenizer() {
        Map<String, Object> split = new LinkedHashMap<>();
        split.put("type", "Split");
        split.put("pattern", Map.of("Regex", Vocabulary.PIECES));
        split.put("behavior", "Isolated");
        split.put("invert", false);
        Map<String, Object> sequence = new LinkedHashMap<>();
        sequence.put("type", "Sequence");
        sequence.put("pretokenizers", List.of(split, byteLevel()));
        return sequence;
    }

    private static Map<String, ?> byteLevel() {
        Map<String, Object> byteLevel = new LinkedHashMap<>();
        byteLevel.put("type", "ByteLevel");
        byteLevel.put("add_prefix_space", false);
        byteLevel.put("trim_offsets", false);
        byteLevel.put("use_regex", false);
        return byteLevel;
    }

    private static Map<String, ?> model(Vocabulary vocabulary) {
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("dropout", null);
        model.put("unk_token", null);
        model.put("continuing_subword_prefix", null);
        model.put("end_of_word_suffix", null);
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        // Without it a word would have to be merged from its bytes, and there are no merges.
        model.put("ignore_merges", true);
        model.put("vocab", vocabulary.ids());
        model.put("merges", new ArrayList<>());
        return model;
    }

    private static Map<String, ?> config(int longest) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("add_bos_token", false);
        config.put("add_prefix_space", false);
        config.put("bos_token", null);
        config.put("eos_token", Vocabulary.END);
        config.put("pad_token", Vocabulary.PAD);
        config.put("unk_token", null);
        config.put("clean_up_tokenization_spaces", false);
        config.put("model_max_length", longest);
        return config;
    }
}
