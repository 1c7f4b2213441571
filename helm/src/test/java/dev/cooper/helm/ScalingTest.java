package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** How many there are of each, where they stand, and what they compute on. */
class ScalingTest {

    private static final Set<String> SCALED = Set.of("policy-sampler", "verifier", "reward-scorer", "perturbation");

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void replicasAreSaidByOneOnly(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : WorkloadTest.workloads(manifests)) {
            List<Manifest> scalers = manifests.stream()
                    .filter(manifest ->
                            Set.of("HorizontalPodAutoscaler", "ScaledObject").contains(manifest.kind()))
                    .filter(scaler -> scaler.body()
                            .at("/spec/scaleTargetRef/name")
                            .asString()
                            .equals(workload.name()))
                    .toList();
            assertThat(scalers.size() + (workload.body().at("/spec").has("replicas") ? 1 : 0))
                    .as("%s", workload)
                    .isEqualTo(1);
            if (!SCALED.contains(workload.component())) {
                assertThat(workload.body().at("/spec/replicas").asInt()).isEqualTo(1);
            }
        }
    }

    @Test
    void autoscalersHaveTheValuesBounds() {
        List<Manifest> production = Chart.render("production");
        JsonNode verifier = Manifest.one(production, "HorizontalPodAutoscaler", "trainer-a-verifier")
                .body();
        JsonNode sampler = Manifest.one(production, "ScaledObject", "trainer-a-policy-sampler")
                .body();

        assertThat(List.of(
                        verifier.at("/spec/minReplicas").asInt(),
                        verifier.at("/spec/maxReplicas").asInt()))
                .containsExactly(2, 6);
        assertThat(List.of(
                        sampler.at("/spec/minReplicaCount").asInt(),
                        sampler.at("/spec/maxReplicaCount").asInt()))
                .containsExactly(1, 8);
        assertThat(Manifest.one(Chart.render("kafka-sasl"), "ScaledObject", "demo-cooper-verifier")
                        .body()
                        .at("/spec/triggers/0/authenticationRef/name")
                        .asString())
                .isEqualTo("kafka-user");
    }

    /** A group or topic that does not exist has no lag, and nobody would notice. */
    @ParameterizedTest
    @CsvSource({
        "policy.sampler, policy-sampler, policy-service, prompts",
        "verifier, verifier, verifier-service, verify",
        "reward.scorer, reward-scorer, reward-service, score",
        "perturbation, perturbation, perturbation-service, scored"
    })
    void lagIsThatOfTheServicesOwnConsumer(String values, String component, String module, String binding)
            throws IOException {
        List<Manifest> manifests = Manifest.readAll(Chart.template()
                .withValuesFile(Chart.valuesFile("external"))
                .set("topicPrefix", "abc")
                .set(values + ".autoscaling.by", "lag")
                .set(values + ".autoscaling.min", "0")
                .set(values + ".autoscaling.max", "2")
                .set(values + ".autoscaling.threshold", "4")
                .call());
        Path file = Chart.ROOT.resolve(module).resolve("src/main/resources").resolve(module + ".yml");
        JsonNode bound = YamlText.documents(Files.readString(file))
                .getFirst()
                .at("/spring/cloud/stream/bindings/" + binding + "-in-0");
        JsonNode trigger = Manifest.one(manifests, "ScaledObject", "demo-cooper-" + component)
                .body()
                .at("/spec/triggers/0/metadata");

        assertThat(trigger.path("topic").asString())
                .isEqualTo(bound.path("destination").asString().replaceFirst("\\$\\{.+}", "abc"));
        assertThat(trigger.path("consumerGroup").asString())
                .isEqualTo(bound.path("group").asString().replaceFirst("\\$\\{.+}", "abc"));
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void everyServiceHasADisruptionBudgetOfItsOwn(String way) {
        List<Manifest> manifests = Chart.render(way);
        List<Manifest> budgets = WorkloadTest.ofKind(manifests, "PodDisruptionBudget");

        assertThat(budgets)
                .hasSize(7)
                .allSatisfy(budget -> assertThat(
                                WorkloadTest.selected(manifests, budget.body().at("/spec/selector/matchLabels")))
                        .extracting(Manifest::name)
                        .containsExactly(budget.name()));
        assertThat(budgets)
                .filteredOn(budget -> budget.body().at("/spec/maxUnavailable").asInt() == 0)
                .extracting(Manifest::component)
                .isEqualTo(way.equals("production") ? List.of("policy-trainer") : List.of());
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void replicasAreSpreadAmongThemselves(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : WorkloadTest.workloads(manifests)) {
            JsonNode spread = workload.podTemplate().orElseThrow().at("/spec/topologySpreadConstraints");
            assertThat(spread.isEmpty()).as("%s", workload).isNotEqualTo(SCALED.contains(workload.component()));
            spread.forEach(constraint -> assertThat(
                            WorkloadTest.selected(manifests, constraint.at("/labelSelector/matchLabels")))
                    .containsExactly(workload));
        }
    }

    @Test
    void aServiceWithAGpuHasTheImageTheDeviceAndTheNode() {
        List<Manifest> manifests = Chart.render("gpu");

        for (String component :
                List.of("policy-sampler", "policy-trainer", "reward-scorer", "reward-trainer", "perturbation")) {
            Manifest workload = WorkloadTest.component(manifests, component);
            JsonNode spec = workload.podTemplate().orElseThrow().path("spec");
            assertThat(workload.container().path("image").asString()).endsWith(":0.1.0-SNAPSHOT-cuda");
            assertThat(workload.container()
                            .at("/resources/limits")
                            .path("nvidia.com/gpu")
                            .asInt())
                    .isEqualTo(1);
            assertThat(workload.container().at("/resources/limits/memory").asString())
                    .isNotEmpty();
            assertThat(workload.environment(manifests)).containsEntry("COOPER_ENGINE_DEVICE", "cuda");
            assertThat(spec.path("runtimeClassName").asString()).isEqualTo("nvidia");
            assertThat(spec.path("nodeSelector").path("nvidia.com/gpu.present").asString())
                    .isEqualTo("true");
            assertThat(spec.at("/tolerations/0/key").asString()).isEqualTo("nvidia.com/gpu");
            assertThat(workload.body()
                            .at("/spec/strategy/rollingUpdate/maxSurge")
                            .asInt(0))
                    .isZero();
        }
        assertThat(WorkloadTest.component(manifests, "policy-trainer")
                        .podTemplate()
                        .orElseThrow()
                        .at("/spec/nodeSelector")
                        .path("nvidia.com/gpu.memory")
                        .asString())
                .isEqualTo("81559");
        for (String component : List.of("verifier", "orchestrator")) {
            Manifest workload = WorkloadTest.component(manifests, component);
            assertThat(workload.container().path("image").asString()).doesNotContain("cuda");
            assertThat(workload.container().at("/resources/limits").has("nvidia.com/gpu"))
                    .isFalse();
            assertThat(workload.podTemplate().orElseThrow().path("spec").has("runtimeClassName"))
                    .isFalse();
        }
    }

    @Test
    void inAnAirGapEveryImageIsFromTheRegistryInside() {
        assertThat(WorkloadTest.workloads(Chart.render("air-gapped")))
                .hasSize(9)
                .allMatch(workload ->
                        workload.container().path("image").asString().startsWith("registry.internal:5000/"))
                .allMatch(workload -> workload.podTemplate()
                        .orElseThrow()
                        .at("/spec/imagePullSecrets/0/name")
                        .asString()
                        .equals("registry-internal"));
    }

    /** The process gets its end announced after the pause before it, and its phases take what they need. */
    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void aPodHasTheTimeToFinishThatItsServiceTakes(String way) throws IOException {
        JsonNode defaults = YamlText.documents(
                        Files.readString(Chart.ROOT.resolve("platform/src/main/resources/cooper-defaults.yml")))
                .getFirst();
        int phase = seconds(
                defaults.at("/spring/lifecycle/timeout-per-shutdown-phase").asString());
        int calls =
                seconds(defaults.at("/spring/grpc/server/shutdown/grace-period").asString());

        for (Manifest workload : WorkloadTest.workloads(Chart.render(way))) {
            if (workload.runsOurImage()) {
                int pause = workload.container()
                        .at("/lifecycle/preStop/sleep/seconds")
                        .asInt();
                assertThat(workload.podTemplate()
                                .orElseThrow()
                                .at("/spec/terminationGracePeriodSeconds")
                                .asInt())
                        .as("%s", workload)
                        .isGreaterThan(pause + phase + calls);
                assertThat(pause).isPositive();
            }
        }
    }

    private static int seconds(String duration) {
        assertThat(duration).endsWith("s");
        return Integer.parseInt(duration.substring(0, duration.length() - 1));
    }

    @Test
    void placementPerServiceArrives() {
        JsonNode sampler = WorkloadTest.component(Chart.render("production"), "policy-sampler")
                .podTemplate()
                .orElseThrow()
                .path("spec");
        JsonNode trainer = WorkloadTest.component(Chart.render("production"), "policy-trainer")
                .podTemplate()
                .orElseThrow();

        assertThat(sampler.at("/nodeSelector/pool").asString()).isEqualTo("compute");
        assertThat(sampler.at("/tolerations/0/key").asString()).isEqualTo("dedicated");
        assertThat(sampler.path("terminationGracePeriodSeconds").asInt()).isEqualTo(120);
        assertThat(trainer.at("/spec/priorityClassName").asString()).isEqualTo("training");
        assertThat(trainer.at("/metadata/annotations").properties())
                .extracting(Map.Entry::getKey)
                .contains("team");
        assertThat(WorkloadTest.component(Chart.render("gpu"), "reward-trainer")
                        .podTemplate()
                        .orElseThrow()
                        .at("/spec/affinity")
                        .has("podAntiAffinity"))
                .isTrue();
    }
}
