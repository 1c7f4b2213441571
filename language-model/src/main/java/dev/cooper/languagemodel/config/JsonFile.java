package dev.cooper.languagemodel.config;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object of a model folder, whose errors name file and key. Null counts as absent, as Hugging Face's files
 * mean it.
 */
public final class JsonFile {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path file;
    private final String prefix;
    private final JsonNode root;

    private JsonFile(Path file, String prefix, JsonNode root) {
        this.file = file;
        this.prefix = prefix;
        this.root = root;
    }

    /** Reads a file that must hold a JSON object. */
    public static JsonFile read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InvalidModelException(file, "file is missing; a model folder in Hugging Face layout has it");
        }
        return parse(file, Files.readString(file, StandardCharsets.UTF_8));
    }

    /** Parses the text of a file that must hold a JSON object. */
    public static JsonFile parse(Path file, String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (!root.isObject()) {
                throw new InvalidModelException(file, "must hold a JSON object");
            }
            return new JsonFile(file, "", root);
        } catch (JacksonException e) {
            throw new InvalidModelException(file, "is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** The object as it was parsed. */
    public JsonNode root() {
        return root;
    }

    /** Whether a key has a value other than null. */
    public boolean has(String key) {
        return root.hasNonNull(key);
    }

    /** An object below a key. */
    public Optional<JsonFile> object(String key) {
        return node(key).map(node -> {
            if (!node.isObject()) {
                throw invalid(key, node, "an object");
            }
            return new JsonFile(file, prefix + key + ".", node);
        });
    }

    /** A whole number. */
    public Optional<Integer> integer(String key) {
        return node(key).map(node -> {
            if (!node.isInt()) {
                throw invalid(key, node, "a whole number");
            }
            return node.intValue();
        });
    }

    /** A whole number that must be there. */
    public int requiredInteger(String key) {
        return integer(key).orElseThrow(() -> missing(key));
    }

    /** A number. */
    public Optional<Double> number(String key) {
        return node(key).map(node -> {
            if (!node.isNumber()) {
                throw invalid(key, node, "a number");
            }
            return node.doubleValue();
        });
    }

    /** A number that must be there. */
    public double requiredNumber(String key) {
        return number(key).orElseThrow(() -> missing(key));
    }

    /** True or false. */
    public Optional<Boolean> flag(String key) {
        return node(key).map(node -> {
            if (!node.isBoolean()) {
                throw invalid(key, node, "true or false");
            }
            return node.booleanValue();
        });
    }

    /** A text. */
    public Optional<String> text(String key) {
        return node(key).map(node -> {
            if (!node.isString()) {
                throw invalid(key, node, "a text");
            }
            return node.stringValue();
        });
    }

    /** One token id or a list of them. */
    public Optional<TokenIds> tokenIds(String key) {
        return node(key).map(node -> {
            JsonNode list = node.isArray() ? node : MAPPER.createArrayNode().add(node);
            int[] ids = new int[list.size()];
            for (int i = 0; i < ids.length; i++) {
                JsonNode id = list.get(i);
                if (!id.isInt() || id.intValue() < 0) {
                    throw invalid(key, node, "a token id or a list of them");
                }
                ids[i] = id.intValue();
            }
            return TokenIds.of(ids);
        });
    }

    /** An error about a key: what it is and what it should be. */
    public InvalidModelException invalid(String key, Object value, String expected) {
        return new InvalidModelException(file, "%s%s is %s; it must be %s".formatted(prefix, key, value, expected));
    }

    private InvalidModelException missing(String key) {
        return new InvalidModelException(file, "%s%s is missing; add it".formatted(prefix, key));
    }

    private Optional<JsonNode> node(String key) {
        return has(key) ? Optional.of(root.get(key)) : Optional.empty();
    }
}
