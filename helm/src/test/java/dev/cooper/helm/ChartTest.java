package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

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

        assertThat(manifests).hasSizeGreaterThanOrEqualTo(40).allSatisfy(Manifest::requireValid);
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

        assertThat(Manifest.one(manifests, "Deployment", "trainer-a-reward-scorer")
                        .body()
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(2);
        Manifest sampler = Manifest.one(manifests, "Deployment", "trainer-a-policy-sampler");
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
        "orchestrator.gpu, true, gpu",
        "verifier.gpu, true, gpu",
        "orchestrator.autoscaling.by, cpu, autoscaling",
        "verifier.autoscaling.by, cpu, threshold",
        "verifier.threads, 2, threads",
        "security.tokens.existingSecret, '', existingSecret",
        "security.services.existingSecret, '', existingSecret",
        "security.tokens.value, secret, value",
        "security.jwt.issuer, https://login.example, audience",
        "security.jwt.issuer, login.example, issuer",
        "tls.enabled, true, issuer",
        "tls.certManager.issuerKind, Vault, issuerKind",
        "tracing.probability, 2, probability",
        "tracing.endpoint, collector:4318, endpoint",
        "kafka.tls.enabled, true, tls",
        "kafka.sasl.mechanism, MD5, mechanism",
        "kafka.sasl.mechanism, PLAIN, existingSecret",
        "kafka.sasl.password, hunter2, password",
        "kafka.client.ssl\\.key\\.password, hunter2, ssl.key.password",
        "postgres.external.sslMode, verify-full, caSecret",
        "ingress.enabled, true, host",
        "networkPolicy.restFrom[0].namespace, a, restFrom",
        "monitoring.serviceMonitor.interval, often, interval",
        "extraEnv[0].name, 0, extraEnv",
        "topologySpread[0].topologyKey, zone, maxSkew",
        "logFormat, xml, logFormat",
        "startupSeconds, 5, startupSeconds",
    })
    void valuesThatMakeNoSenseAreRefusedByName(String key, String value, String named) {
        TemplateCommand template = Chart.template().set(key, value);

        assertThatThrownBy(template::call)
                .hasMessageContaining("values don't meet the specifications of the schema")
                .hasMessageContaining(named);
    }

    /** Whatever can be set has a place, and with it a comment, in values.yaml. */
    @Test
    void everyValueOfTheSchemaStandsInTheValuesFile() throws IOException {
        String text = Files.readString(Chart.FOLDER.resolve("values.yaml"));
        JsonNode values = YamlText.documents(text).getFirst();
        JsonNode schema = YamlText.documents(Files.readString(Chart.FOLDER.resolve("values.schema.json")))
                .getFirst();

        schema.at("/definitions/service/properties")
                .propertyNames()
                .forEach(name -> assertThat(text).containsPattern("\\b" + name + "\\b"));
        assertThat(missing(schema.path("properties"), values, "")).containsExactly("/global");
    }

    private static List<String> missing(JsonNode properties, JsonNode values, String path) {
        return properties.properties().stream()
                .flatMap(property -> {
                    String name = path + "/" + property.getKey();
                    JsonNode value = values.path(property.getKey());
                    return value.isMissingNode()
                            ? Stream.of(name)
                            : missing(property.getValue().path("properties"), value, name).stream();
                })
                .toList();
    }

    @Test
    void aSecretInAVariableIsRefused() {
        TemplateCommand inClear = Chart.template()
                .set("extraEnv[0].name", "COOPER_ASSISTANT_API_KEY")
                .set("extraEnv[0].value", "hunter2");

        assertThatThrownBy(inClear::call).hasMessageContaining("extraEnv").hasMessageContaining("value");
        assertThat(Chart.template()
                        .set("extraEnv[0].name", "SOME_TOKEN_FILE")
                        .set("extraEnv[0].value", "/etc/token")
                        .call())
                .contains("SOME_TOKEN_FILE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "verifier.replicas=5 | verifier would have 5 replicas, and kafka.partitions is 4",
                "verifier.autoscaling.by=lag,verifier.autoscaling.min=0,verifier.autoscaling.max=2,verifier.autoscaling.threshold=8"
                        + " | cannot reach the bundled Kafka",
                "ingress.enabled=true,ingress.host=a.example | networkPolicy.restFrom must name",
                "monitoring.serviceMonitor.enabled=true | networkPolicy.metricsFrom must name",
            })
    void valuesThatDoNotFitEachOtherAreRefusedWithTheWayOut(String values, String why) {
        TemplateCommand template = Chart.template();
        for (String value : values.split(",", -1)) {
            String[] parts = value.split("=", 2);
            template.set(parts[0], parts[1]);
        }

        assertThatThrownBy(template::call).hasMessageContaining(why);
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
        String scaled = "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec:\n  scaleTargetRef: {name: a}\n  %s\n";
        assertThatThrownBy(() -> Manifest.readAll(scaled.formatted("triggers: [{type: kafka, meta: {a: b}}]"))
                        .getFirst()
                        .requireValid())
                .hasMessageContaining("spec.triggers[].meta.a");
        assertThatThrownBy(
                        () -> Manifest.readAll(scaled.formatted("")).getFirst().requireValid())
                .hasMessageContaining("triggers");
    }
}
