package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** What the objects of one installation say of each other, and how their containers are confined. */
class WorkloadTest {

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void selectorsMatchThePodsOfExactlyOneWorkload(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : workloads(manifests)) {
            assertThat(selected(manifests, workload.body().at("/spec/selector/matchLabels")))
                    .as("%s selects", workload)
                    .containsExactly(workload);
        }
        for (Manifest service : ofKind(manifests, "Service")) {
            assertThat(selected(manifests, service.body().at("/spec/selector")))
                    .as("%s selects", service)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void servicePortsAreOpenOnTheirContainers(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest service : ofKind(manifests, "Service")) {
            JsonNode container = selected(manifests, service.body().at("/spec/selector"))
                    .getFirst()
                    .container();
            Map<String, Integer> open = stream(container.path("ports"))
                    .collect(Collectors.toMap(
                            port -> port.path("name").asString(),
                            port -> port.path("containerPort").asInt()));
            for (JsonNode port : service.body().at("/spec/ports")) {
                assertThat(open)
                        .as("%s", service)
                        .containsEntry(
                                port.path("targetPort").asString(),
                                port.path("port").asInt());
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void ourContainersListenWhereTheirPortsAndProbesPoint(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : workloads(manifests)) {
            JsonNode container = workload.container();
            Set<String> names = stream(container.path("ports"))
                    .map(port -> port.path("name").asString())
                    .collect(Collectors.toSet());
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(container.has(probe)).as("%s %s", workload, probe).isTrue();
                JsonNode port = container.at("/" + probe + "/httpGet/port");
                if (!port.isMissingNode()) {
                    assertThat(names).contains(port.asString());
                }
            }
            if (workload.runsOurImage()) {
                Map<String, String> environment = workload.environment(manifests);
                for (JsonNode port : container.path("ports")) {
                    String setting = switch (port.path("name").asString()) {
                        case "http" -> "SERVER_PORT";
                        case "grpc" -> "SPRING_GRPC_SERVER_PORT";
                        default -> throw new AssertionError("a port without a setting: " + port);
                    };
                    assertThat(environment)
                            .containsEntry(setting, port.path("containerPort").asString())
                            .containsEntry(setting.replace("_PORT", "_ADDRESS"), "0.0.0.0");
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void whatPodsNameExists(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : workloads(manifests)) {
            JsonNode spec = workload.podTemplate().orElseThrow().path("spec");
            Manifest account = Manifest.one(
                    manifests, "ServiceAccount", spec.path("serviceAccountName").asString());
            assertThat(account.body().path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            for (JsonNode source : workload.container().path("envFrom")) {
                Manifest.one(
                        manifests, "ConfigMap", source.at("/configMapRef/name").asString());
            }
            Set<String> volumes = Stream.concat(
                            stream(spec.path("volumes")).map(volume -> volume.path("name")),
                            stream(workload.body().at("/spec/volumeClaimTemplates"))
                                    .map(claim -> claim.at("/metadata/name")))
                    .map(JsonNode::asString)
                    .collect(Collectors.toSet());
            assertThat(stream(workload.container().path("volumeMounts"))
                            .map(mount -> mount.path("name").asString()))
                    .as("%s mounts", workload)
                    .containsExactlyInAnyOrderElementsOf(volumes);
            for (JsonNode volume : spec.path("volumes")) {
                String claim = volume.at("/persistentVolumeClaim/claimName").asString("");
                if (!claim.isEmpty() && !claim.equals("team-shared")) {
                    Manifest.one(manifests, "PersistentVolumeClaim", claim);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void addressesAreServicesOfThoseWhoAnswer(String way) {
        List<Manifest> manifests = Chart.render(way);

        addressIs(manifests, "orchestrator", "COOPER_POLICY_TRAINER_ADDRESS", "policy-trainer");
        addressIs(manifests, "orchestrator", "COOPER_REWARD_TRAINER_ADDRESS", "reward-trainer");
        addressIs(manifests, "perturbation", "COOPER_VERIFIER_ADDRESS", "verifier");
    }

    private static void addressIs(List<Manifest> manifests, String caller, String variable, String answerer) {
        String[] address = component(manifests, caller)
                .environment(manifests)
                .getOrDefault(variable, "")
                .split(":", 2);
        Manifest service = Manifest.one(manifests, "Service", address[0]);
        assertThat(selected(manifests, service.body().at("/spec/selector")))
                .containsExactly(component(manifests, answerer));
        assertThat(stream(service.body().at("/spec/ports"))
                        .map(port -> port.path("port").asString()))
                .contains(address[1]);
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void aModelHasOneTrainerAndAnyNumberOfUsers(String way) {
        List<Manifest> manifests = Chart.render(way);

        Map.of("policy-trainer", "trainer", "reward-trainer", "trainer,jobs")
                .forEach((name, role) -> hasRole(component(manifests, name), "StatefulSet", role, manifests));
        Map.of("policy-sampler", "sampler", "reward-scorer", "scorer")
                .forEach((name, role) -> hasRole(component(manifests, name), "Deployment", role, manifests));
    }

    private static void hasRole(Manifest workload, String kind, String role, List<Manifest> manifests) {
        assertThat(workload.kind()).isEqualTo(kind);
        assertThat(workload.environment(manifests)).containsEntry("COOPER_ROLES", role);
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void theStorageRootIsTheMount(String way) {
        List<Manifest> manifests = Chart.render(way);
        List<String> stored = List.of(
                "orchestrator", "policy-trainer", "policy-sampler", "reward-trainer", "reward-scorer", "perturbation");

        for (String name : stored) {
            Manifest workload = component(manifests, name);
            assertThat(stream(workload.container().path("volumeMounts"))
                            .filter(mount -> mount.path("name").asString().equals("storage"))
                            .map(mount -> mount.path("mountPath").asString()))
                    .containsExactly(workload.environment(manifests).getOrDefault("COOPER_STORAGE_ROOT", "not set"));
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void everyContainerIsConfined(String way) {
        for (Manifest workload : workloads(Chart.render(way))) {
            JsonNode spec = workload.podTemplate().orElseThrow().path("spec");
            JsonNode container = workload.container();
            assertThat(spec.at("/securityContext/runAsNonRoot").asBoolean())
                    .as("%s runs as root", workload)
                    .isTrue();
            assertThat(spec.at("/securityContext/runAsUser").asInt()).isPositive();
            assertThat(spec.at("/securityContext/seccompProfile/type").asString())
                    .isEqualTo("RuntimeDefault");
            assertThat(spec.path("automountServiceAccountToken").asBoolean(true))
                    .isFalse();
            assertThat(spec.path("enableServiceLinks").asBoolean(true)).isFalse();
            JsonNode security = container.path("securityContext");
            assertThat(security.path("readOnlyRootFilesystem").asBoolean())
                    .as("%s writes its root", workload)
                    .isTrue();
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(security.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
            assertThat(stream(container.path("volumeMounts"))
                            .map(mount -> mount.path("mountPath").asString()))
                    .contains("/tmp");
            assertThat(container.at("/resources/limits/memory").asString())
                    .as("%s has a memory limit", workload)
                    .isNotEmpty();
        }
    }

    static List<Manifest> workloads(List<Manifest> manifests) {
        List<Manifest> workloads = manifests.stream()
                .filter(manifest -> manifest.podTemplate().isPresent())
                .toList();
        assertThat(workloads).hasSizeGreaterThanOrEqualTo(7);
        return workloads;
    }

    static Manifest component(List<Manifest> manifests, String component) {
        return workloads(manifests).stream()
                .filter(workload -> workload.component().equals(component))
                .findFirst()
                .orElseThrow();
    }

    static List<Manifest> ofKind(List<Manifest> manifests, String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.kind().equals(kind))
                .toList();
    }

    static List<Manifest> selected(List<Manifest> manifests, JsonNode selector) {
        assertThat(selector.size()).isPositive();
        return workloads(manifests).stream()
                .filter(workload -> selector.properties().stream()
                        .allMatch(label -> label.getValue()
                                .equals(workload.podTemplate()
                                        .orElseThrow()
                                        .at("/metadata/labels")
                                        .path(label.getKey()))))
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }
}
