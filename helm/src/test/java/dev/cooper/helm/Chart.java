package dev.cooper.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The chart in this module, rendered by Helm itself. */
final class Chart {

    /** The values files of {@code cooper/ci}, one a way to install. */
    static final List<String> WAYS = List.of("minimal", "external", "production");

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Map<String, List<Manifest>> RENDERED = new ConcurrentHashMap<>();
    private static final Path FOLDER = Path.of("cooper").toAbsolutePath();

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
        return helm().template().withName("demo").withNamespace("lab").withKubeVersion("1.33.0");
    }

    static Path valuesFile(String way) {
        return FOLDER.resolve("ci").resolve(way + ".yaml");
    }

    private Chart() {}
}
