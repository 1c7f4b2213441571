package dev.cooper.languagemodel.tokenizer;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.JsonFile;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the end-of-text and padding ids of a model folder. */
final class SpecialTokenFiles {
    private static final List<String> WITH_IDS = List.of(TokenizerFiles.GENERATION_CONFIG, TokenizerFiles.MODEL_CONFIG);

    private SpecialTokenFiles() {}

    static SpecialTokens read(TokenizerFiles files, Map<String, Integer> vocabulary) {
        TokenIds endOfText = idsFromConfigs(files, "eos_token_id")
                .or(() -> idFromTokenizer(files, vocabulary, "eos_token"))
                .orElseThrow(
                        () -> new InvalidModelException(
                                files.folder(),
                                "no end-of-text token: give eos_token_id in generation_config.json or config.json, or eos_token in tokenizer_config.json"));
        TokenIds padding = idsFromConfigs(files, "pad_token_id")
                .or(() -> idFromTokenizer(files, vocabulary, "pad_token"))
                .orElse(endOfText);
        return new SpecialTokens(endOfText, padding.get(0));
    }

    /** A token that tokenizer_config.json adds beside tokenizer.json would be cut to pieces: it must be in both. */
    static void checkAddedTokens(TokenizerFiles files, Map<String, Integer> vocabulary) {
        if (!files.has(TokenizerFiles.TOKENIZER_CONFIG)) {
            return;
        }
        json(files, TokenizerFiles.TOKENIZER_CONFIG)
                .object("added_tokens_decoder")
                .ifPresent(added -> added.root().properties().forEach(token -> {
                    String content = token.getValue().path("content").asString("");
                    Integer id = vocabulary.get(content);
                    if (id == null || !token.getKey().equals(id.toString())) {
                        throw added.invalid(
                                token.getKey(),
                                "'" + content + "'",
                                "the token that tokenizer.json has under this id; save the tokenizer again with a current version of transformers");
                    }
                }));
    }

    private static Optional<TokenIds> idsFromConfigs(TokenizerFiles files, String key) {
        return WITH_IDS.stream()
                .filter(files::has)
                .flatMap(name -> json(files, name).tokenIds(key).stream())
                .filter(ids -> ids.size() > 0)
                .findFirst();
    }

    private static Optional<TokenIds> idFromTokenizer(
            TokenizerFiles files, Map<String, Integer> vocabulary, String key) {
        if (!files.has(TokenizerFiles.TOKENIZER_CONFIG)) {
            return Optional.empty();
        }
        JsonFile json = json(files, TokenizerFiles.TOKENIZER_CONFIG);
        JsonNode node = json.root().path(key);
        String token = node.isObject() ? node.path("content").asString("") : node.asString("");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        Integer id = vocabulary.get(token);
        if (id == null) {
            throw json.invalid(key, "'" + token + "'", "a token of tokenizer.json");
        }
        return Optional.of(TokenIds.of(id));
    }

    private static JsonFile json(TokenizerFiles files, String name) {
        Path file = files.folder().resolve(name);
        return JsonFile.parse(file, new String(files.content(name), StandardCharsets.UTF_8));
    }
}
