package dev.cooper.helm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * What an operator's kind of object may and must hold, as far as the chart uses it ({@code custom-resources.txt}).
 *
 * @param fields types by the pattern of the field's path
 * @param needed patterns of which each must match a field
 */
record CustomResource(Map<Pattern, String> fields, List<Pattern> needed) {

    private static final Map<String, CustomResource> KNOWN = read();

    /** By API version and kind, as {@code keda.sh/v1alpha1 ScaledObject}. */
    static Optional<CustomResource> of(String kind) {
        return Optional.ofNullable(KNOWN.get(kind));
    }

    /** @throws IllegalArgumentException naming an unknown, missing or mistyped field */
    void requireValid(JsonNode body) {
        Map<String, String> found = new TreeMap<>();
        collect(body.path("spec"), "spec", found);
        found.forEach((path, type) -> {
            String wanted = fields.entrySet().stream()
                    .filter(field -> field.getKey().matcher(path).matches())
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such field: " + path));
            if (!wanted.equals(type)) {
                throw new IllegalArgumentException(path + " must be a " + wanted + ", is a " + type);
            }
        });
        for (Pattern pattern : needed) {
            if (found.keySet().stream().noneMatch(path -> pattern.matcher(path).matches())) {
                throw new IllegalArgumentException("there must be " + pattern);
            }
        }
    }

    private static void collect(JsonNode node, String path, Map<String, String> found) {
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(entry.getValue(), path + "." + entry.getKey(), found));
        } else if (node.isArray()) {
            node.forEach(entry -> collect(entry, path + "[]", found));
        } else {
            found.put(
                    path,
                    node.isString() ? "string" : node.isNumber() ? "number" : node.isBoolean() ? "boolean" : "null");
        }
    }

    private static Map<String, CustomResource> read() {
        Map<String, CustomResource> known = new LinkedHashMap<>();
        CustomResource last = null;
        for (String line : lines()) {
            if (line.startsWith("  ")) {
                String[] words = line.strip().split(" ", -1);
                Pattern pattern = pattern(words[words.length - 2]);
                CustomResource kind = Objects.requireNonNull(last, "a field before the first kind");
                kind.fields.put(pattern, words[words.length - 1]);
                if (words[0].equals("!")) {
                    kind.needed.add(pattern);
                }
            } else if (!line.startsWith("#")) {
                last = new CustomResource(new LinkedHashMap<>(), new ArrayList<>());
                known.put(line, last);
            }
        }
        return known;
    }

    /** A name that {@code *} stands for may have dots in it, as a label has. */
    private static Pattern pattern(String path) {
        return Pattern.compile(Pattern.quote(path).replace("*", "\\E.+\\Q"));
    }

    private static List<String> lines() {
        try (InputStream file = CustomResource.class.getResourceAsStream("/custom-resources.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
