package dev.cooper.languagemodel.chat;

import dev.cooper.languagemodel.config.JsonFile;
import dev.cooper.languagemodel.tokenizer.TokenizerFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Finds the template and the special tokens that it may name in a model's folder. */
final class ChatTemplateFiles {
    private static final String TEMPLATE_FILE = "chat_template.jinja";
    private static final String CONFIG_FILE = "tokenizer_config.json";
    private static final String TOKENS_FILE = "special_tokens_map.json";
    private static final String TEMPLATE = "chat_template";
    private static final List<String> TOKENS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private ChatTemplateFiles() {}

    /** A template and the file that has it. */
    record Source(Path file, String template) {}

    static Optional<Source> find(TokenizerFiles files) {
        if (files.has(TEMPLATE_FILE)) {
            return Optional.of(new Source(files.folder().resolve(TEMPLATE_FILE), text(files, TEMPLATE_FILE)));
        }
        return json(files, CONFIG_FILE)
                .flatMap(config -> template(config))
                .map(template -> new Source(files.folder().resolve(CONFIG_FILE), template));
    }

    /** One template, or a list of them with names, of which the default one is meant. */
    private static Optional<String> template(JsonFile config) {
        JsonNode node = config.root().path(TEMPLATE);
        if (!node.isArray()) {
            return config.text(TEMPLATE);
        }
        for (JsonNode named : node) {
            if (named.path("name").asString("").equals("default")) {
                return Optional.of(named.path("template").asString(""));
            }
        }
        throw config.invalid(
                TEMPLATE, "a list without the name 'default'", "a text, or a list with a default template");
    }

    static Map<String, String> specialTokens(TokenizerFiles files) {
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String name : List.of(TOKENS_FILE, CONFIG_FILE)) { // the second one is the one that counts
            json(files, name)
                    .ifPresent(json -> TOKENS.forEach(key -> token(json, key).ifPresent(t -> tokens.put(key, t))));
        }
        return tokens;
    }

    private static Optional<String> token(JsonFile json, String key) {
        JsonNode node = json.root().path(key);
        String token = node.isObject() ? node.path("content").asString("") : node.asString("");
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private static Optional<JsonFile> json(TokenizerFiles files, String name) {
        return files.has(name)
                ? Optional.of(JsonFile.parse(files.folder().resolve(name), text(files, name)))
                : Optional.empty();
    }

    private static String text(TokenizerFiles files, String name) {
        return new String(files.content(name), StandardCharsets.UTF_8);
    }
}
