package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules and dashboards beside the chart, and the tools that judge them. */
final class Monitoring {

    static final Path RULES = Path.of("cooper/monitoring/rules.yaml").toAbsolutePath();
    private static final Path DASHBOARDS =
            Path.of("cooper/monitoring/dashboards").toAbsolutePath();
    private static final JsonMapper JSON = new JsonMapper();

    /** The dashboards' files, by name. */
    static List<Path> dashboards() {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + DASHBOARDS, e);
        }
    }

    static JsonNode json(Path file) {
        return JSON.readTree(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** A page of the documentation. */
    static String page(String name) {
        return text(Chart.ROOT.resolve("docs").resolve(name));
    }

    /** The panels that ask something: all but the rows. */
    static Stream<JsonNode> panels(JsonNode dashboard) {
        return dashboard
                .path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asString().equals("row"));
    }

    static Stream<String> queries(JsonNode dashboard) {
        return panels(dashboard)
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString());
    }

    /**
     * Fails with what the tool says unless it agrees; the test is skipped, and says so, where the tool is not
     * installed.
     *
     * @param what the tool judges
     */
    static void agrees(String what, List<String> command, Path folder) throws IOException, InterruptedException {
        Optional<Path> tool = Stream.of(System.getenv("PATH").split(":"))
                .map(path -> Path.of(path, command.getFirst()))
                .filter(Files::isExecutable)
                .findFirst();
        assumeThat(tool)
                .as("%s is judged by %s, which is not installed here", what, command.getFirst())
                .isPresent();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private Monitoring() {}
}
