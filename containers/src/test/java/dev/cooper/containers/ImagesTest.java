package dev.cooper.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.cli.replay.OfflineReplay;
import dev.cooper.cli.replay.OfflineReplay.Replayed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.testcontainers.containers.Container.ExecResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services' images beside a real Kafka and PostgreSQL, confined as docker-compose.yml says. */
@Tag("long")
class ImagesTest {
    static final List<String> SERVICES = ComposedInstallation.SERVICES;

    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration LOOK = Duration.ofSeconds(1);

    @TempDir
    private static Path folder = Path.of("");

    private static Optional<String> missing = Optional.empty();
    private static Optional<ComposedInstallation> installation = Optional.empty();

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        missing = ComposedInstallation.missing();
        if (missing.isEmpty()) {
            installation = Optional.of(ComposedInstallation.start(folder.resolve("secrets")));
        }
    }

    @BeforeEach
    void engineAndImagesAreThere() {
        missing.ifPresent(Assumptions::abort);
    }

    @AfterAll
    static void stop() {
        installation.ifPresent(ComposedInstallation::close);
    }

    private static ComposedInstallation installation() {
        return installation.orElseThrow();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void runsAsNobodyInParticularAndWritesNothingBesideItsFolders(String service) throws Exception {
        assertThat(run(service, "id -u").getStdout().strip()).isEqualTo("10001");
        assertThat(run(service, "grep CapEff /proc/1/status").getStdout()).contains("0000000000000000");
        for (String place : List.of("/app/x", "/etc/x", "/x", "/home/x")) {
            assertThat(run(service, "touch " + place).getStderr()).as(place).contains("Read-only file system");
        }
        assertThat(run(service, "touch /tmp/x").getExitCode()).isZero();
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void unpacksNoLibraryOfHundredsOfMegabytes(String service) throws Exception {
        String used = run(service, "du -sm /tmp | cut -f1").getStdout().strip();

        assertThat(Integer.parseInt(used)).as("MiB below /tmp").isLessThan(150);
    }

    @ParameterizedTest
    @FieldSource("SERVICES")
    void tellsNothingToWhoeverShowsNoToken(String service) throws Exception {
        String asked = "exec 3<>/dev/tcp/127.0.0.1/8080"
                + " && printf 'GET /actuator/prometheus HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3";

        assertThat(run(service, asked).getStdout()).contains(" 401");
    }

    @Test
    void aRunOverFiveContainersIsReplayedInThisJvmToTheSameChecksums() throws Exception {
        String spec = Files.readString(ComposeFile.PROJECT.resolve("examples/demo.yaml"))
                .replaceFirst("(?m)^steps: .*", "steps: 2")
                .replaceFirst("(?m)^  prompts_per_step: .*", "  prompts_per_step: 4")
                .replaceFirst("(?m)^  every: 20", "  every: 2")
                .replaceFirst("(?m)^  problems: .*", "  problems: 8");
        HttpResponse<String> created =
                ask(request("runs").header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(spec)));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String run = json(created).path("id").asString();

        awaitEnd(run);

        installation().copyOut("/var/lib/cooper/archive", folder.resolve("storage"));
        List<Replayed> replayed = new OfflineReplay(
                        folder.resolve("storage"), Clock.systemUTC(), (model, step, version, took, done, total) -> {})
                .run(run);
        assertThat(replayed).extracting(Replayed::model).containsExactly("policy", "reward model");
        assertThat(replayed).allSatisfy(model -> assertThat(model.difference()).isEmpty());
        JsonNode last = json(ask(request("runs/" + run + "/steps/2").GET()));
        assertThat(last.path("policy_after").toString())
                .contains(replayed.getFirst().checksum());
        assertThat(last.path("reward_after").toString())
                .contains(replayed.getLast().checksum());
    }

    private void awaitEnd(String run) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode now = json(ask(request("runs/" + run).GET()));
        while (!now.path("state").asString().equals("COMPLETED")) {
            assertThat(now.path("state").asString()).as(now.toString()).isNotIn("FAILED", "CANCELLED", "PAUSED");
            assertThat(Instant.now()).as(now.toString()).isBefore(end);
            Thread.sleep(LOOK);
            now = json(ask(request("runs/" + run).GET()));
        }
    }

    private static ExecResult run(String service, String line) throws IOException, InterruptedException {
        return installation().container(service).execInContainer("bash", "-c", line);
    }

    private static HttpRequest.Builder request(String path) throws IOException {
        URI uri = installation().rest().resolve("/api/v1/" + path);
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofMinutes(1))
                .header("Authorization", "Bearer " + Files.readString(folder.resolve("secrets/users/operator")));
    }

    private HttpResponse<String> ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}
