package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The compose file says what the chart says, as far as both say it. */
class ComposeTest {

    /** Each differs by nature: names of hosts, how much memory, where passwords are. */
    private static final Set<String> OWN_VALUES = Set.of(
            "COOPER_KAFKA_BOOTSTRAP_SERVERS",
            "COOPER_POLICY_TRAINER_ADDRESS",
            "COOPER_REWARD_TRAINER_ADDRESS",
            "COOPER_VERIFIER_ADDRESS",
            "COOPER_ORCHESTRATOR_FILES_ROOT",
            "COOPER_JOBS_FILES_ROOTS",
            "COOPER_INSTANCE",
            "COOPER_ROLES",
            "JAVA_TOOL_OPTIONS",
            "KAFKA_ADVERTISED_LISTENERS",
            "POSTGRES_USER",
            "POSTGRES_PASSWORD_FILE",
            "SPRING_CONFIG_IMPORT",
            "SPRING_DATASOURCE_URL");

    /** From elsewhere, and written for other users than root. */
    private static final Set<String> NOT_READ_ONLY = Set.of("grafana");

    private final JsonNode services = compose().path("services");
    private final List<Manifest> manifests = Chart.render("minimal");

    @ParameterizedTest
    @CsvSource({
        "kafka, kafka",
        "postgres, postgres",
        "policy, policy-sampler",
        "policy, policy-trainer",
        "verifier, verifier",
        "reward, reward-scorer",
        "reward, reward-trainer",
        "perturbation, perturbation",
        "orchestrator, orchestrator"
    })
    void imagesAndVariablesAreTheCharts(String service, String component) {
        Manifest workload = workload(component);
        Map<String, String> ours = environment(service);
        Map<String, String> charts = workload.environment(manifests);

        if (Set.of("policy-sampler", "reward-scorer").contains(component)) {
            // Compose has them in the trainers' containers, which have a gRPC server beside.
            ours.keySet().removeIf(name -> name.startsWith("SPRING_GRPC_SERVER_"));
        }
        ours.keySet().removeAll(OWN_VALUES);
        assertThat(charts).containsAllEntriesOf(ours);
        assertThat(services.path(service).path("image").asString().replaceFirst("\\$\\{COOPER_VERSION:-([^}]+)}", "$1"))
                .isEqualTo(workload.container().path("image").asString());
    }

    @Test
    void addressesNameServicesOfTheFileAndTheirPorts() {
        Map<String, String> orchestrator = environment("orchestrator");

        assertThat(orchestrator)
                .containsEntry("COOPER_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")
                .containsEntry("COOPER_POLICY_TRAINER_ADDRESS", "policy:9090")
                .containsEntry("COOPER_REWARD_TRAINER_ADDRESS", "reward:9090")
                .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://postgres:5432/cooper");
        assertThat(environment("kafka")).containsEntry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092");
        assertThat(environment("policy"))
                .containsEntry("COOPER_ROLES", "sampler,trainer")
                .containsEntry("SPRING_GRPC_SERVER_PORT", "9090");
        assertThat(environment("reward"))
                .containsEntry("COOPER_ROLES", "scorer,trainer,jobs")
                .containsEntry("SPRING_GRPC_SERVER_PORT", "9090");
        assertThat(environment("perturbation")).containsEntry("COOPER_VERIFIER_ADDRESS", "verifier:9090");
        assertThat(environment("verifier")).containsEntry("SPRING_GRPC_SERVER_PORT", "9090");
        assertThat(services.propertyNames()).contains("kafka", "policy", "verifier", "reward", "postgres");
    }

    @Test
    void whatIsPublishedIsPublishedOnLoopbackOnly() {
        List<String> published = services.valueStream()
                .flatMap(service -> service.path("ports").valueStream())
                .map(JsonNode::asString)
                .toList();

        assertThat(published).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(services.at("/orchestrator/ports/0").asString()).endsWith(":8080");
    }

    @Test
    void servicesWaitForHealthyOnesAndNameOnlyVolumesThatAreDeclared() {
        TreeSet<String> declared = new TreeSet<>(compose().path("volumes").propertyNames());
        for (JsonNode service : services) {
            service.path("depends_on").properties().forEach(needed -> {
                JsonNode target = services.path(needed.getKey());
                assertThat(target.isObject()).as(needed.getKey()).isTrue();
                if (needed.getValue().path("condition").asString().equals("service_healthy")) {
                    assertThat(target.has("healthcheck")).as(needed.getKey()).isTrue();
                }
            });
            assertThat(service.path("volumes").valueStream().map(JsonNode::asString))
                    .allMatch(mount -> mount.equals("${COOPER_INPUTS:-./examples}:/inputs:ro")
                            || mount.matches("\\./(compose|helm/cooper/monitoring)[^:]*:[^:]+:ro")
                            || declared.contains(mount.substring(0, mount.indexOf(':'))));
        }
    }

    @Test
    void whatIsSecretComesAsAFile() {
        Stream<String> secret = services.valueStream()
                .flatMap(service -> service.path("environment").propertyNames().stream())
                .filter(name -> name.matches(".*(PASSWORD|TOKEN|SECRET|_KEY|CREDENTIAL).*"));

        assertThat(secret).isNotEmpty().allMatch(name -> name.endsWith("_FILE"));
    }

    @Test
    void everyContainerIsConfined() {
        for (Map.Entry<String, JsonNode> service : services.properties()) {
            JsonNode container = service.getValue();
            assertThat(container.at("/cap_drop/0").asString())
                    .as(service.getKey())
                    .isEqualTo("ALL");
            assertThat(container.path("read_only").asBoolean(false) || NOT_READ_ONLY.contains(service.getKey()))
                    .as(service.getKey())
                    .isTrue();
            assertThat(container.path("privileged").isMissingNode())
                    .as(service.getKey())
                    .isTrue();
        }
    }

    private Manifest workload(String component) {
        return manifests.stream()
                .filter(manifest -> manifest.podTemplate().isPresent()
                        && manifest.component().equals(component))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, String> environment(String service) {
        return services.path(service).path("environment").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        variable -> variable.getValue().asString(),
                        (first, _) -> first,
                        TreeMap::new));
    }

    private static JsonNode compose() {
        try {
            return YamlText.documents(Files.readString(Chart.ROOT.resolve("docker-compose.yml")))
                    .getFirst();
        } catch (IOException e) {
            throw new IllegalStateException("docker-compose.yml cannot be read", e);
        }
    }
}
