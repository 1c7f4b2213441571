package dev.cooper.cli.client;

import dev.cooper.orchestrator.spec.UnusedFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A run spec as it is sent. Relative paths in it are meant from the folder that the spec is in or, when nothing is
 * there, from the folder that the command was called in; the server may have been started in quite another one, so it
 * gets them absolute.
 *
 * @param mediaType application/json or application/yaml
 */
public record SpecFile(String text, String mediaType) {
    // A key that stands twice is for the server to report, not for us to lose.
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    /**
     * A file that cannot be parsed is sent as it is: the server names every problem of a spec, this one too.
     *
     * @throws IOException if the file cannot be read
     */
    public static SpecFile read(Path file, Path workingFolder) throws IOException {
        String text = Files.readString(file);
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        ObjectMapper mapper = json ? JSON : YAML;
        try {
            if (mapper.readTree(text) instanceof ObjectNode spec) {
                return of(spec, file.toAbsolutePath().resolveSibling("").normalize(), workingFolder);
            }
        } catch (JacksonException _) {
            return new SpecFile(text, json ? "application/json" : "application/yaml");
        }
        return new SpecFile(text, json ? "application/json" : "application/yaml");
    }

    /** A spec that is a part of something else, which is in this folder. */
    public static SpecFile of(ObjectNode part, Path folder, Path workingFolder) {
        ObjectNode spec = part.deepCopy();
        for (JsonNode source : spec.path("data")) {
            absolute(source, "path", folder, workingFolder);
            source.valueStream().forEach(one -> absolute(one, "path", folder, workingFolder));
        }
        absolute(spec.path("policy"), "model", folder, workingFolder);
        JsonNode reward = spec.path("reward");
        absolute(reward, "model", folder, workingFolder);
        absolute(reward.path("probe"), "path", folder, workingFolder);
        absolute(reward.path("training").path("anchor"), "path", folder, workingFolder);
        return new SpecFile(JSON.writeValueAsString(spec), "application/json");
    }

    /**
     * The same spec with another number at the top level; null leaves it. A spec that cannot be parsed stays as it is.
     */
    public SpecFile with(String field, @Nullable Number value) {
        if (value != null && mediaType.equals("application/json") && JSON.readTree(text) instanceof ObjectNode spec) {
            spec.put(field, value.longValue());
            return new SpecFile(JSON.writeValueAsString(spec), mediaType);
        }
        return this;
    }

    /**
     * The same spec in another mode, without the sections that the mode has no use for. A spec that cannot be parsed
     * stays as it is.
     */
    public SpecFile in(Mode mode) {
        if (mediaType.equals("application/json") && JSON.readTree(text) instanceof ObjectNode spec) {
            spec.put("mode", mode.word());
            UnusedFields.remove(spec, mode.word());
            return new SpecFile(JSON.writeValueAsString(spec), mediaType);
        }
        return this;
    }

    private static void absolute(JsonNode node, String field, Path folder, Path workingFolder) {
        if (node instanceof ObjectNode object && object.path(field).isString()) {
            String given = object.path(field).stringValue();
            Path besideSpec = folder.resolve(given).normalize();
            Path besideUser = workingFolder.resolve(given).toAbsolutePath().normalize();
            boolean fallBack = !Files.exists(besideSpec) && Files.exists(besideUser);
            object.put(field, (fallBack ? besideUser : besideSpec).toString());
        }
    }
}
