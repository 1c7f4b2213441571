package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Helm takes the chart; Kubernetes' types take what it makes; values that make no sense are refused. */
class ChartTest {

    @Test
    void strictLintFindsNothing() {
        LintResult result = Chart.helm().lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void everyObjectIsStrictlyValid(String way) {
        List<Manifest> manifests = Chart.render(way);

        assertThat(manifests).hasSizeGreaterThanOrEqualTo(20).allSatisfy(Manifest::requireValid);
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void noTwoObjectsShareAName(String way) {
        assertThat(Chart.render(way)).extracting(Manifest::toString).doesNotHaveDuplicates();
    }

    @Test
    void bundledNodesAreThereOnlyWhenAskedFor() {
        assertThat(Chart.render("minimal"))
                .extracting(Manifest::toString)
                .contains(
                        "StatefulSet/demo-cooper-kafka",
                        "StatefulSet/demo-cooper-postgres",
                        "PersistentVolumeClaim/demo-cooper-storage");
        assertThat(Chart.render("external"))
                .extracting(Manifest::toString)
                .noneMatch(name -> name.endsWith("-kafka") || name.endsWith("-postgres"))
                .noneMatch(name -> name.startsWith("PersistentVolumeClaim/"));
    }

    @Test
    void replicasAndRegistryOfTheValuesArrive() {
        List<Manifest> manifests = Chart.render("production");

        Manifest sampler = Manifest.one(manifests, "Deployment", "trainer-a-policy-sampler");
        assertThat(sampler.body().at("/spec/replicas").asInt()).isEqualTo(4);
        assertThat(sampler.container().path("image").asString())
                .isEqualTo("registry.example/team/cooper-policy-service:0.1.0");
        assertThat(sampler.environment(manifests))
                .containsEntry("COOPER_KAFKA_REPLICATION", "3")
                .containsEntry("LOGGING_LEVEL_DEV_COOPER", "DEBUG");
        assertThat(Manifest.one(manifests, "Deployment", "trainer-a-perturbation")
                        .environment(manifests))
                .containsEntry("COOPER_ASSISTANT_URL", "https://assistant.example/v1")
                .containsEntry("COOPER_ASSISTANT_MODEL", "some-model");
    }

    @ParameterizedTest
    @CsvSource({
        "unknown.key, 1, unknown",
        "policy.trainer.replicas, 2, replicas",
        "policy.threads, 0, threads",
        "policy.sampler.replicas, -1, replicas",
        "policy.sampler.replicas, two, replicas",
        "reward.trainer.replicas, 2, replicas",
        "perturbation.assistant.url, https://assistant.example, model",
        "kafka.replication, 3, replication",
        "kafka.bundled.enabled, false, bootstrapServers",
        "kafka.external.bootstrapServers, kafka, bootstrapServers",
        "postgres.bundled.enabled, false, host",
        "postgres.existingSecret, '', existingSecret",
        "postgres.password, hunter2, password",
        "storage.size, large, size",
        "image.pullPolicy, Sometimes, pullPolicy",
        "orchestrator.resources.limits.memory, much, memory",
    })
    void valuesThatMakeNoSenseAreRefusedByName(String key, String value, String named) {
        TemplateCommand template = Chart.template().set(key, value);

        assertThatThrownBy(template::call)
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(named);
    }

    @Test
    void theValidatorRefusesUnknownAndMissingFields() {
        String service = "apiVersion: v1\nkind: Service\nspec:\n  ports: [{name: http%s}]\n";
        String unknown = service.formatted(", port: 80, prot: 80");

        assertThatThrownBy(() -> Manifest.readAll(unknown).getFirst().requireValid())
                .hasMessageContaining("prot");
        assertThatThrownBy(
                        () -> Manifest.readAll(service.formatted("")).getFirst().requireValid())
                .hasMessageContaining("port");
    }
}
