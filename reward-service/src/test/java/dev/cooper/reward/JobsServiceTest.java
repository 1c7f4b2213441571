package dev.cooper.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.reward.training.TestingTraining;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs over HTTP, by an instance that does nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobsServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String YAML = "application/yaml";

    @TempDir
    static Path folder;

    private ConfigurableApplicationContext service;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void start() throws IOException {
        TestingTraining.prepare(folder);
        service = new SpringApplicationBuilder(RewardApplication.class)
                .run(
                        "--spring.config.name=reward-service",
                        "--cooper.kafka.bootstrap-servers="
                                + TestingBroker.shared().bootstrapServers(),
                        "--cooper.topic-prefix=jobs-test",
                        "--cooper.roles=jobs",
                        "--cooper.jobs.files-roots=" + folder,
                        "--cooper.storage-root=" + folder.resolve("storage"),
                        "--cooper.instance=reward-0",
                        "--server.port=0",
                        "--spring.grpc.server.port=0");
    }

    @AfterAll
    void stop() {
        service.close();
        client.close();
    }

    private HttpResponse<String> send(String path, String type, String body) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + service.getEnvironment().getRequiredProperty("local.server.port")
                + "/api/v1/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (!type.isEmpty()) {
            request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(send(path, "", "").body());
    }

    private static String spec() {
        return TestingTraining.yaml("base: " + folder.resolve("base"))
                .replace("labelled.jsonl", folder.resolve("labelled.jsonl").toString());
    }

    @Test
    void aTrainingIsAskedForFollowedAndFetched() throws Exception {
        HttpResponse<String> created = send("reward-trainings", YAML, spec());
        assertThat(created.statusCode()).isEqualTo(201);
        String location = created.headers().firstValue("Location").orElseThrow();
        String job = location.substring("/api/v1/".length());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (!get(job).path("state").stringValue().matches("DONE|FAILED") && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        JsonNode done = get(job);
        assertThat(done.path("state").stringValue()).isEqualTo("DONE");
        assertThat(done.path("progress").path("done").intValue()).isEqualTo(24);
        assertThat(done.path("figures").path("validation").path("").path("auc").doubleValue())
                .isGreaterThan(0.95);
        assertThat(done.path("ended").stringValue()).contains("T");
        assertThat(get("reward-trainings").size()).isPositive();
        assertThat(send(job + "/cancel", YAML, "").statusCode()).isEqualTo(409);
    }

    @Test
    void pathsLeadToTheConfiguredFoldersOnly() throws Exception {
        HttpResponse<String> refused = send(
                "reward-trainings", YAML, spec().replace(folder.resolve("base").toString(), "/etc"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("/etc is outside of", "cooper.jobs.files-roots");
    }

    @Test
    void whatIsWrongIsToldAsAProblem() throws Exception {
        HttpResponse<String> bad = send("reward-trainings", "application/json", "{\"start\": {}, \"epochs\": 3}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(bad.body()).path("errors").size()).isEqualTo(3);
        assertThat(send("reward-trainings/99", "", "").statusCode()).isEqualTo(404);
        assertThat(send("reward-trainings", YAML, "").statusCode()).isEqualTo(400);
        assertThat(send("reward-trainings/x", "", "").statusCode()).isEqualTo(400);
    }
}
