package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Who may speak to whom, by the rules of NetworkPolicies; and what is open to the outside. */
class NetworkTest {

    private static final Set<String> CALLS = Set.of(
            "orchestrator>policy-trainer:grpc", "orchestrator>reward-trainer:grpc", "perturbation>verifier:grpc");

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void everyPodIsUnderExactlyOnePolicyOfBothDirections(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : WorkloadTest.workloads(manifests)) {
            assertThat(policiesOf(manifests, workload))
                    .as("%s", workload)
                    .hasSize(1)
                    .allSatisfy(policy -> assertThat(policy.body()
                                    .at("/spec/policyTypes")
                                    .valueStream()
                                    .map(JsonNode::asString))
                            .containsExactly("Ingress", "Egress"));
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void componentsReachWhomTheyWorkWithAndNobodyElse(String way) {
        List<Manifest> manifests = Chart.render(way);
        Set<String> expected = new TreeSet<>(CALLS);
        List<Manifest> workloads = WorkloadTest.workloads(manifests);
        if (workloads.stream().anyMatch(workload -> workload.component().equals("kafka"))) {
            workloads.stream()
                    .map(Manifest::component)
                    .filter(component -> !component.equals("postgres"))
                    .forEach(component -> expected.add(component + ">kafka:kafka"));
        }
        if (workloads.stream().anyMatch(workload -> workload.component().equals("postgres"))) {
            expected.add("orchestrator>postgres:postgres");
        }

        Set<String> allowed = new TreeSet<>();
        for (Manifest caller : workloads) {
            for (Manifest callee : workloads) {
                callee.container().path("ports").forEach(port -> {
                    if (reaches(manifests, caller, callee, port)) {
                        allowed.add(caller.component() + ">" + callee.component() + ":"
                                + port.path("name").asString());
                    }
                });
            }
        }

        assertThat(allowed).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "production, perturbation, '53, 443, 4318, 9092'",
        "production, orchestrator, '53, 443, 4318, 5432, 9092'",
        "external, orchestrator, '53, 443, 5433, 9092'",
        "external, verifier, '53, 443, 9092'",
        "kafka-sasl, verifier, '53, 9093, 9094, 9095'",
        "air-gapped, orchestrator, 53",
        "gpu, policy-trainer, 53",
    })
    void whatIsReachedOutsideTheReleaseIsKnownByItsPort(String way, String component, String ports) {
        List<Manifest> manifests = Chart.render(way);
        Manifest policy = policiesOf(manifests, WorkloadTest.component(manifests, component))
                .getFirst();

        Set<String> open = policy.body()
                .at("/spec/egress")
                .valueStream()
                .filter(rule -> rule.at("/to/0/podSelector").isMissingNode())
                .flatMap(rule -> rule.path("ports").valueStream())
                .map(port -> port.path("port").asString())
                .collect(Collectors.toSet());

        assertThat(open).containsExactlyInAnyOrder(ports.split(", "));
    }

    @Test
    void policiesCanBeLeftOut() {
        List<Manifest> manifests = Manifest.readAll(
                Chart.template().set("networkPolicy.enabled", "false").call());

        assertThat(WorkloadTest.ofKind(manifests, "NetworkPolicy")).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void nothingIsOpenToTheOutsideUnlessAskedFor(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest service : WorkloadTest.ofKind(manifests, "Service")) {
            assertThat(service.body().at("/spec/type").asString("ClusterIP")).isEqualTo("ClusterIP");
        }
        for (Manifest workload : WorkloadTest.workloads(manifests)) {
            JsonNode spec = workload.podTemplate().orElseThrow().path("spec");
            assertThat(spec.path("hostNetwork").asBoolean(false)).isFalse();
            assertThat(workload.container().path("ports")).allMatch(port -> !port.has("hostPort"));
        }
        assertThat(WorkloadTest.ofKind(manifests, "Ingress")).hasSize(way.equals("production") ? 1 : 0);
    }

    @Test
    void theIngressLeadsToRestOfRunsAndJobsOnly() {
        List<Manifest> manifests = Chart.render("production");
        Manifest ingress = Manifest.one(manifests, "Ingress", "trainer-a-orchestrator");

        List<String> paths = ingress.body()
                .at("/spec/rules/0/http/paths")
                .valueStream()
                .map(path -> path.path("path").asString() + " "
                        + path.at("/backend/service/name").asString() + ":"
                        + path.at("/backend/service/port/name").asString())
                .toList();

        assertThat(paths)
                .containsExactlyInAnyOrder(
                        "/api/v1 trainer-a-orchestrator:http",
                        "/api/v1/annotations trainer-a-reward-trainer:http",
                        "/api/v1/reward-trainings trainer-a-reward-trainer:http");
        for (String component : List.of("orchestrator", "reward-trainer")) {
            Manifest workload = WorkloadTest.component(manifests, component);
            assertThat(workload.environment(manifests)).containsEntry("SERVER_FORWARD_HEADERS_STRATEGY", "native");
            assertThat(peersOnHttp(manifests, workload)).contains("ingress", "monitoring");
        }
        assertThat(peersOnHttp(manifests, WorkloadTest.component(manifests, "policy-trainer")))
                .containsExactly("monitoring");
    }

    private static Set<String> peersOnHttp(List<Manifest> manifests, Manifest workload) {
        return policiesOf(manifests, workload)
                .getFirst()
                .body()
                .at("/spec/ingress")
                .valueStream()
                .filter(rule -> rule.at("/ports/0/port").asString().equals("http"))
                .flatMap(rule -> rule.path("from").valueStream())
                .map(peer -> peer.at("/namespaceSelector/matchLabels")
                        .path("kubernetes.io/metadata.name")
                        .asString())
                .collect(Collectors.toSet());
    }

    /** What a policy's rules say of one pod's word to another of the same release. */
    private static boolean reaches(List<Manifest> manifests, Manifest caller, Manifest callee, JsonNode port) {
        return policiesOf(manifests, caller).stream()
                        .flatMap(policy -> policy.body().at("/spec/egress").valueStream())
                        .anyMatch(rule -> names(rule.path("to"), callee) && opens(rule.path("ports"), port))
                && policiesOf(manifests, callee).stream()
                        .flatMap(policy -> policy.body().at("/spec/ingress").valueStream())
                        .anyMatch(rule -> names(rule.path("from"), caller) && opens(rule.path("ports"), port));
    }

    private static boolean names(JsonNode peers, Manifest pod) {
        return peers.isEmpty()
                || peers.valueStream()
                        .anyMatch(peer -> peer.has("podSelector")
                                && !peer.has("namespaceSelector")
                                && selects(peer.path("podSelector"), pod));
    }

    private static boolean opens(JsonNode ports, JsonNode port) {
        return ports.isEmpty()
                || ports.valueStream()
                        .map(open -> open.path("port").asString())
                        .anyMatch(open -> open.equals(port.path("name").asString())
                                || open.equals(port.path("containerPort").asString()));
    }

    private static boolean selects(JsonNode selector, Manifest pod) {
        JsonNode labels = pod.podTemplate().orElseThrow().at("/metadata/labels");
        return selector.path("matchLabels").properties().stream()
                .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
    }

    private static List<Manifest> policiesOf(List<Manifest> manifests, Manifest pod) {
        return WorkloadTest.ofKind(manifests, "NetworkPolicy").stream()
                .filter(policy -> selects(policy.body().at("/spec/podSelector"), pod))
                .toList();
    }
}
