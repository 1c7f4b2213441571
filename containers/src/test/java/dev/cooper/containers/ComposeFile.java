package dev.cooper.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services that docker-compose.yml describes, with its variables filled in. */
final class ComposeFile {
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** {@code ${NAME}} or {@code ${NAME:-default}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::-([^}]*))?}");

    private final JsonNode services;

    private ComposeFile(JsonNode services) {
        this.services = services;
    }

    /**
     * Reads the file.
     *
     * @param variables those that are set; the others have their defaults
     * @param edit what is done to the text before
     */
    static ComposeFile read(Map<String, String> variables, UnaryOperator<String> edit) throws IOException {
        String text = edit.apply(Files.readString(PROJECT.resolve("docker-compose.yml")));
        String filled = VARIABLE.matcher(text).replaceAll(found -> value(found, variables));
        // SnakeYAML itself, because Jackson leaves merge keys as they are.
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(filled);
        return new ComposeFile(JsonMapper.shared().valueToTree(tree).path("services"));
    }

    private static String value(MatchResult variable, Map<String, String> variables) {
        String otherwise = variable.group(2);
        return Matcher.quoteReplacement(variables.getOrDefault(variable.group(1), otherwise == null ? "" : otherwise));
    }

    JsonNode service(String name) {
        JsonNode service = services.path(name);
        if (!service.isObject()) {
            throw new IllegalArgumentException("docker-compose.yml has no service " + name);
        }
        return service;
    }

    String image(String name) {
        return service(name).path("image").asString();
    }
}
