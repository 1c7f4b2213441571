package dev.cooper.languagemodel.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What transformers wrote for these tests; tools/make_parity_fixtures.py makes it anew. */
final class Fixtures {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Fixtures() {}

    static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/parity/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The test resources have no usable address", e);
        }
    }

    static JsonNode json(Path file) throws IOException {
        return MAPPER.readTree(Files.readString(file));
    }

    static List<JsonNode> jsonLines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(MAPPER::readTree).toList();
    }

    /** As it is when it was written and read. */
    static JsonNode parsed(JsonNode json) {
        return MAPPER.readTree(text(json));
    }

    static String text(JsonNode json) {
        return MAPPER.writeValueAsString(json);
    }

    /** Checkpoints of one kind, in the order of their names. */
    static Stream<String> checkpoints(boolean rewardModels) {
        try (Stream<Path> folders = Files.list(folder("checkpoints"))) {
            List<String> names = folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.contains("score") == rewardModels)
                    .sorted()
                    .toList();
            return names.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
