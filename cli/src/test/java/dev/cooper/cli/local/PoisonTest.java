package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cooper.cli.client.CooperClient;
import dev.cooper.cli.client.EventStream;
import dev.cooper.cli.client.RunEventView;
import dev.cooper.cli.client.RunView;
import dev.cooper.cli.client.StepView;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Purpose;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no service can read, on every topic, while a run is under way: it costs groups, never the run. */
@Tag("long")
class PoisonTest {
    private static final TopicNames TOPICS = new TopicNames("cooper");
    private static final int STEPS = 3;
    private static final int PROMPTS = 4;
    /** Which slot's headers the poison on a stage's input has; slot 3 is poisoned only where nothing closes it. */
    private static final Map<Topic, Integer> SLOTS =
            Map.of(Topic.PROMPTS, 0, Topic.ROLLOUTS, 1, Topic.VERIFIED, 2, Topic.SCORED, 3);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path temp = Path.of("");

    @Test
    void poisonOnEveryTopicCostsGroupsAndNeverTheRun() throws Exception {
        assumeThat(TinyRun.isPossible())
                .as("the tiny models that ./cooper pretrain makes are there")
                .isTrue();
        LocalSettings settings = new LocalSettings(temp.resolve("data"), LocalSettings.defaultCacheFolder(), 0, false);
        try (LocalPlatform platform = LocalPlatform.start(settings, _ -> {})) {
            String broker = broker(platform.dataFolder());
            CooperClient client = new CooperClient(platform.address());
            RunView run;
            Set<GroupHeaders> poisoned = new ConcurrentSkipListSet<>(PoisonedLine.ORDER);
            PoisonedLine line = PoisonedLine.start(broker, TOPICS, SLOTS, poisoned);
            try (line) {
                run = client.submit(new TinyRun(temp, TinyRun.MODE).spec(STEPS, STEPS, false));
                awaitEnd(client, run.id());
            }

            line.rethrow();
            assertThat(client.run(run.id()).state()).isEqualTo("COMPLETED");
            assertThat(platform.services())
                    .hasSize(Service.values().length)
                    .allSatisfy((service, address) -> assertThat(get(address, "/actuator/health"))
                            .as(service)
                            .contains("\"status\":\"UP\""));
            assertThat(poisoned.stream().filter(group -> group.purpose() == Purpose.TRAINING))
                    .hasSize(STEPS * SLOTS.size());
            groupsAreExcludedAsTheLogSays(broker, client.steps(run.id(), 1));
            deadLettersTellWhy(broker, run.id());
            everyDeadLetterIsCounted(platform.services(), broker);
        }
    }

    /** The lowest offset wins, be it a failure or not. */
    private static void groupsAreExcludedAsTheLogSays(String broker, List<StepView> steps) {
        Map<String, GroupHeaders> winners = new HashMap<>();
        for (var record : PoisonedLine.readAll(broker, TOPICS.name(Topic.SCORED))) {
            GroupHeaders.read(record.headers())
                    .filter(_ -> !PoisonedLine.isPoison(record.headers()))
                    .ifPresent(group -> winners.putIfAbsent(group.step() + "/" + group.slot(), group));
        }
        List<GroupHeaders> failed = winners.values().stream()
                .filter(group -> group.failure() != null)
                .toList();
        assertThat(failed)
                .as("poison came before what it imitates")
                .isNotEmpty()
                .allSatisfy(group -> assertThat(group.failure()).isEqualTo(FailureReason.BAD_INPUT));
        assertThat(steps).hasSize(STEPS).allSatisfy(step -> {
            long excluded =
                    failed.stream().filter(group -> group.step() == step.step()).count();
            assertThat(step.attempt()).as("nothing was dispatched again").isEqualTo(1);
            assertThat(step.metric("groups_used")).isEqualTo((double) (PROMPTS - excluded));
        });
    }

    private static void deadLettersTellWhy(String broker, String run) {
        for (Topic topic : SLOTS.keySet()) {
            var letters = PoisonedLine.readAll(broker, TOPICS.deadLetter(topic));
            assertThat(letters).as("dead letters of %s", topic).isNotEmpty().allSatisfy(letter -> {
                assertThat(letter.headers().get(GroupReader.ERROR_HEADER))
                        .matches("(UNREADABLE_HEADERS|UNREADABLE_VALUE|HEADERS_DISAGREE): .+");
                assertThat(letter.headers().get(GroupReader.SOURCE_HEADER)).startsWith(topic.suffix() + "/");
                assertThat(PoisonedLine.isPoison(letter.headers())).isTrue();
            });
            Set<String> kinds = new TreeSet<>();
            letters.forEach(letter -> kinds.add(PoisonedLine.kind(letter.headers())));
            // The orchestrator passes over records that do not claim to be of its dispatch.
            assertThat(kinds)
                    .as("kinds of poison put aside from %s of run %s", topic, run)
                    .containsAll(
                            topic == Topic.SCORED
                                    ? List.of("garbage", "empty", "null", "wrong-kind")
                                    : List.of("bare-garbage", "garbage", "empty", "null", "wrong-kind"));
        }
    }

    private void everyDeadLetterIsCounted(Map<String, URI> services, String broker) {
        Map<String, Integer> counted = new HashMap<>();
        Pattern counter = Pattern.compile("(?m)^cooper_dead_letters_total\\{.*topic=\"([a-z-]+)\".*} ([0-9.]+)$");
        for (URI service : services.values()) {
            counter.matcher(get(service, "/actuator/prometheus"))
                    .results()
                    .forEach(found ->
                            counted.merge(found.group(1), (int) Double.parseDouble(found.group(2)), Integer::sum));
        }
        for (Topic topic : SLOTS.keySet()) {
            assertThat(counted.get(topic.suffix()))
                    .as("dead letters of %s", topic)
                    .isEqualTo(PoisonedLine.readAll(broker, TOPICS.deadLetter(topic))
                            .size());
        }
        // Every service reads all of control; a null there deletes a run that nobody knows.
        int unreadable = (int) PoisonedLine.readAll(broker, TOPICS.name(Topic.CONTROL)).stream()
                .filter(record -> PoisonedLine.isPoison(record.headers()))
                .filter(record -> !PoisonedLine.kind(record.headers()).equals("null"))
                .count();
        assertThat(counted.get("control")).isEqualTo(services.size() * unreadable);
    }

    private String get(URI service, String path) {
        try {
            return http.send(HttpRequest.newBuilder(service.resolve(path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new AssertionError(service + path + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static void awaitEnd(CooperClient client, String run) throws IOException {
        List<RunEventView> all = new ArrayList<>();
        try (EventStream events = client.events(run, 0)) {
            for (var event = events.next(); event.isPresent(); event = events.next()) {
                all.add(event.get());
            }
        }
        assertThat(all).as("events").extracting(RunEventView::type).contains("RunCompleted", "RecordRejected");
    }

    static String broker(Path dataFolder) throws IOException {
        Properties ports = new Properties();
        try (InputStream in = Files.newInputStream(dataFolder.resolve("kafka/ports.properties"))) {
            ports.load(in);
        }
        return "127.0.0.1:" + ports.getProperty("broker");
    }
}
