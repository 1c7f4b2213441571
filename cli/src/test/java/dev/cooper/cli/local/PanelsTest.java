package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EventStream;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.SpecFile;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every panel of the dashboards shows something of a real run that a real Prometheus has watched. */
@Tag("long")
class PanelsTest {
    private static final Path MONITORING =
            Path.of("..", "helm", "cooper", "monitoring").toAbsolutePath().normalize();
    private static final TopicNames TOPICS = new TopicNames("cooper");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LISTENING = Pattern.compile("\"Listening on\".* address=127\\.0\\.0\\.1:(\\d+)");
    /** Its series exist with a CUDA device only. */
    private static final String OF_GPUS = "cooper_gpu_";
    /** What a panel shows 0 for while there is none: here there is one. */
    private static final String DEAD_LETTERS = "cooper_dead_letters_total";

    /**
     * Long enough for the watch for reward hacking to judge; with a probe and an anchor, so that all metrics are there.
     */
    private static final String SPEC = """
            name: watched
            mode: cooper
            seed: 5
            steps: 12
            data:
              train: {path: data/train.jsonl, columns: {id: id, question: question, answer: answer}}
              heldout: {path: data/heldout.jsonl, columns: {id: id, question: question, answer: answer}}
            prompt: {template: "{{question}}\\n"}
            policy: {model: tiny-model}
            sampling: {prompts_per_step: 6, group_size: 6, max_new_tokens: 64}
            training: {learning_rate: 0.0003, warmup_steps: 0, checkpoint_every: 3}
            evaluation: {every: 4, problems: 8, samples: 1}
            reward:
              model: tiny-verifyrm
              template: "{{question}}\\n{{completion}}\\nReference answer:\\n{{reference}}\\nCorrect:"
              probe: {path: data/probe.jsonl, limit: 16}
              training:
                learning_rate: 0.0003
                warmup_steps: 0
                checkpoint_every: 3
                anchor: {path: data/labelled.jsonl, examples: 8}
            pairing:
              sources: {assistant: 0.4, self: 0.3, edit: 0.3}
              attempts: 2
              extra_tokens: 16
              prompt: "{{question}}\\n{{solution}}\\nRewrite it with a wrong answer:\\n"
            hacking: {baseline_steps: 4, window: 3, least_completions: 4}
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path temp = Path.of("");

    private record Panel(String dashboard, String title, String query) {}

    @Test
    void everyPanelShowsSomethingOfARunThatPrometheusWatched() throws Exception {
        assumeThat(TinyRun.isPossible())
                .as("the tiny models that ./cooper pretrain makes are there")
                .isTrue();
        assumeThat(Stream.of(System.getenv("PATH").split(":")))
                .as("prometheus is installed here to watch a run")
                .anyMatch(path -> Files.isExecutable(Path.of(path, "prometheus")));
        LocalSettings settings = new LocalSettings(temp.resolve("data"), LocalSettings.defaultCacheFolder(), 0, false);
        try (LocalPlatform platform = LocalPlatform.start(settings, _ -> {})) {
            Process prometheus = watching(platform.services());
            try {
                URI api = api();
                writeGarbage(PoisonTest.broker(platform.dataFolder()));
                assertThat(run(new CooperClient(platform.address())).state()).isEqualTo("COMPLETED");

                assertThat(ask(api, "query?query=" + DEAD_LETTERS).path("result"))
                        .isNotEmpty();
                assertThat(panels().filter(panel -> !panel.query().contains(OF_GPUS)))
                        .hasSizeGreaterThan(100)
                        .filteredOn(panel -> !hasData(api, panel))
                        .as("panels without data")
                        .isEmpty();
                everySeriesIsDocumented(api);
                assertThat(ask(api, "rules").path("groups").findValuesAsString("health"))
                        .isNotEmpty()
                        .containsOnly("ok");
            } finally {
                prometheus.destroy();
                prometheus.waitFor();
            }
        }
    }

    /** Reads all services each second, and begins to listen on a port that its log tells. */
    private Process watching(Map<String, URI> services) throws IOException {
        Map<String, Object> job = Map.of(
                "job_name",
                "cooper",
                "metrics_path",
                "/actuator/prometheus",
                "honor_labels",
                true,
                "static_configs",
                List.of(Map.of(
                        "targets",
                        services.values().stream().map(URI::getAuthority).toList())));
        // JSON is YAML.
        Path config = Files.writeString(
                temp.resolve("prometheus.yaml"),
                JSON.writeValueAsString(Map.of(
                        "global",
                        Map.of("scrape_interval", "1s", "evaluation_interval", "1s"),
                        "rule_files",
                        List.of(MONITORING.resolve("rules.yaml").toString()),
                        "scrape_configs",
                        List.of(job))));
        return new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + temp.resolve("series"),
                        "--web.listen-address=127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
    }

    private Path log() {
        return temp.resolve("prometheus.log");
    }

    private URI api() throws IOException, InterruptedException {
        for (int tries = 0; tries < 300; tries++) {
            Matcher told = LISTENING.matcher(Files.readString(log()));
            if (told.find()) {
                return URI.create("http://127.0.0.1:" + told.group(1) + "/api/v1/");
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError("prometheus does not begin: " + Files.readString(log()));
    }

    private RunView run(CooperClient client) throws IOException {
        Path file = Files.writeString(temp.resolve("run.yaml"), SPEC);
        RunView run = client.submit(SpecFile.read(file, TinyRun.EXAMPLES));
        try (EventStream events = client.events(run.id(), 0)) {
            while (events.next().isPresent()) {
                // The stream ends with the run.
            }
        }
        return client.run(run.id());
    }

    private static void writeGarbage(String broker) throws ExecutionException, InterruptedException {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPICS.name(Topic.ROLLOUTS), new byte[] {-1, 0, 17}))
                    .get();
        }
    }

    /** By its own name, or as a metric of a step by the name that this has. */
    private void everySeriesIsDocumented(URI api) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        assertThat(ask(api, "label/__name__/values").valueStream().map(JsonNode::asString))
                .filteredOn(name -> name.startsWith("cooper_"))
                .hasSizeGreaterThan(100)
                .allSatisfy(name -> {
                    String meter = name.replaceFirst("_(bucket|sum|count|max)$", "");
                    String metric = name.replaceFirst("^cooper_((policy|reward)_)?", "")
                            .replaceFirst("^(pairs_none|pair_texts_rejected)_.*", "$1_*");
                    String any = Stream.of(name, meter, metric, "reward_" + metric)
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|"));
                    assertThat(page).containsPattern("`(" + any + ")[`{]");
                });
    }

    private static Stream<Panel> panels() throws IOException {
        try (Stream<Path> files = Files.list(MONITORING.resolve("dashboards"))) {
            return files.toList().stream().flatMap(file -> panels(JSON.readTree(file.toFile())));
        }
    }

    private static Stream<Panel> panels(JsonNode dashboard) {
        return dashboard
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets")
                        .valueStream()
                        .map(target -> new Panel(
                                dashboard.path("title").asString(),
                                panel.path("title").asString(),
                                target.path("expr").asString())));
    }

    private boolean hasData(URI api, Panel panel) {
        String query = panel.query().replace("$__rate_interval", "2m").replace("$run", ".*");
        try {
            return ask(api, "query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
                    .path("result")
                    .valueStream()
                    .anyMatch(series -> !series.path("value").path(1).asString().equals("NaN"));
        } catch (IOException e) {
            throw new AssertionError(panel + " cannot be asked for", e);
        }
    }

    private JsonNode ask(URI api, String what) throws IOException {
        try {
            String answer = http.send(HttpRequest.newBuilder(api.resolve(what)).build(), BodyHandlers.ofString())
                    .body();
            JsonNode read = JSON.readTree(answer);
            assertThat(read.path("status").asString()).as(answer).isEqualTo("success");
            return read.path("data");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
