package dev.cooper.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart in this module, rendered by Helm itself. */
final class Chart {

    /** The values files of {@code cooper/ci}, one a way to install. */
    static final List<String> WAYS = List.of("minimal", "external", "production", "gpu", "kafka-sasl", "air-gapped");

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();
    static final Path FOLDER = Path.of("cooper").toAbsolutePath();

    static Helm helm() {
        return new Helm(FOLDER);
    }

    /** @throws RuntimeException (of helm-java) when the values break the schema or a template fails */
    static List<Manifest> render(String way) {
        return RENDERED.computeIfAbsent(
                way,
                _ -> Manifest.readAll(template().withValuesFile(valuesFile(way)).call()));
    }

    static TemplateCommand template() {
        return templateOf(FOLDER);
    }

    static TemplateCommand templateOf(Path folder) {
        return new Helm(folder).template().withName("demo").withNamespace("lab").withKubeVersion("1.33.0");
    }

    /** A chart of its own with these files more, or instead; paths are relative to the chart's folder. */
    static Path copyWith(Path target, Map<String, String> files) throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path copy = target.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.writeString(copy, file.getValue());
        }
        return target;
    }

    static Path valuesFile(String way) {
        return FOLDER.resolve("ci").resolve(way + ".yaml");
    }

    private Chart() {}
}
