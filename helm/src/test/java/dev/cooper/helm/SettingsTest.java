package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** A service says nothing of a variable that it does not read: here is where a misspelt one is found. */
class SettingsTest {

    /** The modules whose settings records each image holds. */
    static final Map<String, List<String>> MODULES = Map.of(
            "cooper-policy-service", List.of("platform", "model-runtime", "policy-service"),
            "cooper-verifier-service", List.of("platform", "verifier-service"),
            "cooper-reward-service", List.of("platform", "model-runtime", "reward-service"),
            "cooper-perturbation-service", List.of("platform", "model-runtime", "perturbation-service"),
            "cooper-orchestrator-service", List.of("platform", "orchestrator-service"));

    static final List<String> IMAGES = List.copyOf(new TreeSet<>(MODULES.keySet()));

    private static final Pattern MAIN_CLASS = Pattern.compile("<image\\.main-class>(.+)</image\\.main-class>");

    /** What Spring Boot and the runtimes read; their own metadata has no place on this class path. */
    private static final Set<String> OF_OTHERS = Set.of(
            "CUDA_CACHE_PATH",
            "JAVA_TOOL_OPTIONS",
            "LOGGING_LEVEL_DEV_COOPER",
            "LOGGING_STRUCTURED_FORMAT_CONSOLE",
            "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT",
            "MANAGEMENT_TRACING_EXPORT_ENABLED",
            "MANAGEMENT_TRACING_SAMPLING_PROBABILITY",
            "SERVER_ADDRESS",
            "SERVER_FORWARD_HEADERS_STRATEGY",
            "SERVER_PORT",
            "SERVER_SSL_BUNDLE",
            "SPRING_CONFIG_IMPORT",
            "SPRING_DATASOURCE_PASSWORD",
            "SPRING_DATASOURCE_URL",
            "SPRING_DATASOURCE_USERNAME",
            "SPRING_GRPC_SERVER_ADDRESS",
            "SPRING_GRPC_SERVER_PORT",
            "SPRING_SSL_BUNDLE_PEM_COOPER_KEYSTORE_CERTIFICATE",
            "SPRING_SSL_BUNDLE_PEM_COOPER_KEYSTORE_PRIVATE_KEY",
            "SPRING_SSL_BUNDLE_PEM_COOPER_TRUSTSTORE_CERTIFICATE");

    @ParameterizedTest
    @FieldSource("IMAGES")
    void everyVariableAndFileOfTheChartIsASettingOfItsService(String image) {
        Set<String> known = ServiceSettings.of(MODULES.getOrDefault(image, List.of()));

        for (String way : Chart.WAYS) {
            List<Manifest> manifests = Chart.render(way);
            for (Manifest workload : workloads(image, manifests)) {
                Stream<String> files = workload.secretFiles().keySet().stream()
                        .filter(file -> file.startsWith("/etc/cooper/secrets/"))
                        .map(file -> file.substring(file.lastIndexOf('/') + 1))
                        .map(ServiceSettings::variable);
                assertThat(Stream.concat(workload.environment(manifests).keySet().stream(), files))
                        .as("%s of %s; known are %s", workload, way, known)
                        .isNotEmpty()
                        .allMatch(name -> name.startsWith("COOPER_") ? isKnown(name, known) : OF_OTHERS.contains(name));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("IMAGES")
    void portsAreOpenOnlyWhereTheServiceServesThem(String image) throws IOException {
        String module = image.replaceFirst("^cooper-", "");
        Path file = Chart.ROOT.resolve(module).resolve("src/main/resources").resolve(module + ".yml");
        JsonNode settings = YamlText.documents(Files.readString(file)).getFirst();
        boolean servesGrpc = settings.at("/spring/grpc/server/enabled").asBoolean(true);

        for (Manifest workload : workloads(image, Chart.render("minimal"))) {
            List<String> ports = workload.container()
                    .path("ports")
                    .valueStream()
                    .map(port -> port.path("name").asString())
                    .toList();
            assertThat(ports).as("%s", workload).contains("http");
            assertThat(servesGrpc || !ports.contains("grpc"))
                    .as("%s has a gRPC port, %s has none", workload, module)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @FieldSource("IMAGES")
    void everyImageStartsAClassThatExists(String image) throws IOException {
        Path module = Chart.ROOT.resolve(image.replaceFirst("^cooper-", ""));
        Matcher named = MAIN_CLASS.matcher(Files.readString(module.resolve("pom.xml")));

        assertThat(named.find()).as("%s names its main class", module).isTrue();
        assertThat(module.resolve("src/main/java").resolve(named.group(1).replace('.', '/') + ".java"))
                .exists();
    }

    private static List<Manifest> workloads(String image, List<Manifest> manifests) {
        List<Manifest> workloads = manifests.stream()
                .filter(manifest ->
                        manifest.runsOurImage() && manifest.imageName().equals(image))
                .toList();
        assertThat(workloads).isNotEmpty();
        return workloads;
    }

    private static boolean isKnown(String name, Set<String> known) {
        return known.contains(name)
                || known.stream()
                        .filter(pattern -> pattern.endsWith("_*"))
                        .anyMatch(pattern -> name.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
}
