package dev.cooper.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Secrets are the user's: the chart names them, mounts them as files, and tells the services where the files are. */
class SecretsTest {

    private static final Pattern SECRET_NAME = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|KEY|JAAS|USERNAME).*");
    private static final Pattern FILE = Pattern.compile("(?:^|file:|=)(/etc/cooper/[a-z./-]+)");

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void nothingSecretIsInTheManifestsOrTheEnvironment(String way) {
        List<Manifest> manifests = Chart.render(way);

        assertThat(WorkloadTest.ofKind(manifests, "Secret")).isEmpty();
        for (Manifest workload : WorkloadTest.workloads(manifests)) {
            workload.environment(manifests).forEach((name, value) -> {
                assertThat(value).as("%s of %s", name, workload).doesNotContain("secretKeyRef");
                if (SECRET_NAME.matcher(name).matches() && !name.startsWith("COOPER_SECURITY_JWT_")) {
                    assertThat(value).as("%s of %s", name, workload).matches("(file:)?/etc/.+|PEM");
                }
            });
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void everyFileThatASettingNamesIsMountedAndEveryMountedFileIsNamed(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : ours(manifests)) {
            Map<String, String> environment = workload.environment(manifests);
            Set<String> named = new TreeSet<>();
            environment.forEach((name, value) -> {
                Matcher file = FILE.matcher(value);
                while (!name.equals("SPRING_CONFIG_IMPORT") && file.find()) {
                    named.add(file.group(1));
                }
            });
            Set<String> mounted = new TreeSet<>(workload.secretFiles().keySet());
            boolean imported = environment.containsKey("SPRING_CONFIG_IMPORT");

            assertThat(mounted.removeIf(file -> file.startsWith("/etc/cooper/secrets/")))
                    .as("%s imports the settings that it has as files", workload)
                    .isEqualTo(imported);
            assertThat(named).as("%s", workload).isEqualTo(mounted);
            if (imported) {
                assertThat(environment).containsEntry("SPRING_CONFIG_IMPORT", "configtree:/etc/cooper/secrets/");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void everyServiceAsksWhoItsCallerIs(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : ours(manifests)) {
            assertThat(workload.environment(manifests))
                    .as("%s", workload)
                    .containsKeys("COOPER_SECURITY_SERVICE_TOKEN_FILE", "COOPER_SECURITY_RECORD_KEY_FILE")
                    .containsAnyOf(
                            Map.entry("COOPER_SECURITY_TOKENS_FILE", "/etc/cooper/tokens/tokens"),
                            Map.entry("COOPER_SECURITY_JWT_ISSUER", "https://login.example/realms/team"));
        }
    }

    @Test
    void credentialsOfOthersComeFromTheNamedKeys() {
        Map<String, String> external = files("external", "orchestrator");
        assertThat(external)
                .containsEntry("/etc/cooper/secrets/spring.datasource.username", "team-database/user")
                .containsEntry("/etc/cooper/secrets/spring.datasource.password", "team-database/pass")
                .containsEntry("/etc/cooper/postgres-tls/ca.crt", "team-database-ca/ca.crt")
                .containsEntry("/etc/cooper/service/token", "team-services/grpc")
                .containsEntry("/etc/cooper/tls/tls.key", "team-certificate/tls.key")
                .doesNotContainKey("/etc/cooper/tokens/tokens");
        assertThat(files("external", "verifier")).doesNotContainKey("/etc/cooper/postgres-tls/ca.crt");
        assertThat(files("kafka-sasl", "verifier"))
                .containsEntry(
                        "/etc/cooper/secrets/cooper.kafka.client.sasl.jaas.config", "kafka-user/sasl.jaas.config")
                .containsEntry("/etc/cooper/secrets/cooper.kafka.client.ssl.keystore.key", "kafka-client/tls.key")
                .containsEntry(
                        "/etc/cooper/secrets/cooper.kafka.client.ssl.keystore.certificate.chain",
                        "kafka-client/tls.crt")
                .containsEntry("/etc/cooper/kafka-tls/ca.crt", "kafka-ca/ca.crt");
        assertThat(files("production", "perturbation"))
                .containsEntry("/etc/cooper/secrets/cooper.assistant.api-key", "assistant/api-key");
        assertThat(files("minimal", "postgres"))
                .containsEntry("/etc/postgres/user", "cooper-postgres/username")
                .containsEntry("/etc/postgres/password", "cooper-postgres/password");
    }

    @Test
    void aBrokerOfOnesOwnIsSpokenToAsItWants() {
        List<Manifest> manifests = Chart.render("kafka-sasl");

        assertThat(WorkloadTest.component(manifests, "reward-scorer").environment(manifests))
                .containsEntry("COOPER_KAFKA_CLIENT_SECURITY_PROTOCOL", "SASL_SSL")
                .containsEntry("COOPER_KAFKA_CLIENT_SASL_MECHANISM", "SCRAM-SHA-512")
                .containsEntry("COOPER_KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE", "PEM")
                .containsEntry("COOPER_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION", "/etc/cooper/kafka-tls/ca.crt")
                .containsEntry("COOPER_KAFKA_CLIENT_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "https")
                .containsEntry("COOPER_KAFKA_CLIENT_REQUEST_TIMEOUT_MS", "45000");
        assertThat(WorkloadTest.component(Chart.render("external"), "verifier").environment(Chart.render("external")))
                .doesNotContainKey("COOPER_KAFKA_CLIENT_SECURITY_PROTOCOL");
    }

    @ParameterizedTest
    @FieldSource("dev.cooper.helm.Chart#WAYS")
    void probesSpeakWhatTheServerSpeaks(String way) {
        List<Manifest> manifests = Chart.render(way);

        for (Manifest workload : ours(manifests)) {
            boolean encrypted = workload.environment(manifests).containsKey("SERVER_SSL_BUNDLE");
            assertThat(encrypted).isEqualTo(way.equals("production"));
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(workload.container()
                                .at("/" + probe + "/httpGet/scheme")
                                .asString())
                        .as("%s of %s", probe, workload)
                        .isEqualTo(encrypted ? "HTTPS" : "HTTP");
            }
        }
    }

    @Test
    void theCertificateHasEveryNameThatIsCalled() {
        List<Manifest> manifests = Chart.render("production");
        Manifest certificate = Manifest.one(manifests, "Certificate", "trainer-a-tls");
        List<String> names = certificate
                .body()
                .at("/spec/dnsNames")
                .valueStream()
                .map(name -> name.asString())
                .toList();

        for (Manifest service : WorkloadTest.ofKind(manifests, "Service")) {
            assertThat(names).contains(service.name(), service.name() + ".lab.svc");
        }
        assertThat(certificate.body().at("/spec/issuerRef/name").asString()).isEqualTo("internal");
        assertThat(files("production", "verifier")).containsEntry("/etc/cooper/tls/tls.key", "trainer-a-tls/tls.key");
        assertThat(WorkloadTest.ofKind(Chart.render("external"), "Certificate")).isEmpty();
    }

    private static Map<String, String> files(String way, String component) {
        return WorkloadTest.component(Chart.render(way), component).secretFiles();
    }

    private static List<Manifest> ours(List<Manifest> manifests) {
        return WorkloadTest.workloads(manifests).stream()
                .filter(Manifest::runsOurImage)
                .toList();
    }
}
