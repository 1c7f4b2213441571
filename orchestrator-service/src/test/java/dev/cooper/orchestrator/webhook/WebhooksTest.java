package dev.cooper.orchestrator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cooper.orchestrator.ledger.PostgresNoticeBook;
import dev.cooper.orchestrator.ledger.PostgresRunLedger;
import dev.cooper.orchestrator.ledger.TestingPostgres;
import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class WebhooksTest {

    private record Received(Map<String, String> headers, String body) {}

    private final List<Received> received = new ArrayList<>();
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final SteppedClock clock = new SteppedClock();
    private HttpServer server;
    private RunLedger ledger;
    private NoticeBook book;
    private Webhooks webhooks;

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add(new Received(
                    Map.of(
                            "event", String.valueOf(exchange.getRequestHeaders().getFirst("Cooper-Event")),
                            "delivery",
                                    String.valueOf(exchange.getRequestHeaders().getFirst("Cooper-Delivery")),
                            "signature",
                                    String.valueOf(exchange.getRequestHeaders().getFirst("Cooper-Signature"))),
                    body));
            exchange.sendResponseHeaders(answers.isEmpty() ? 204 : answers.pop(), -1);
            exchange.close();
        });
        server.start();
        DataSource database = TestingPostgres.empty();
        ledger = new PostgresRunLedger(database);
        book = new PostgresNoticeBook(database);
        webhooks = new Webhooks(ledger, book, "", clock, new Random(1));
    }

    @AfterEach
    void close() {
        webhooks.close();
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=secret";
    }

    /** A run with this section {@code notify}, none when it is empty. */
    private Run run(String id, String notify) {
        ObjectNode spec = RunSpecJson.write(TestRuns.spec("/data/train.jsonl"));
        if (!notify.isEmpty()) {
            spec.set("notify", JsonMapper.shared().readTree(notify));
        }
        RunSpec read = RunSpecJson.read(spec);
        ledger.create(
                Run.queued(id, read, TestRuns.CREATED),
                new RunEvent(0, id, 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver(id, "me", TestRuns.CREATED, Duration.ofSeconds(15));
        return ledger.run(id).orElseThrow();
    }

    private String toAll() {
        return "{\"url\": \"" + url() + "\"}";
    }

    private void happens(Run run, RunState state, String type) {
        ledger.commit(new Move(
                TestRuns.begun(run, state, ""),
                Optional.empty(),
                Optional.empty(),
                List.of(new RunEvent(0, run.id(), 2, type, TestRuns.CREATED, Map.of("reason", "because"))),
                List.of()));
    }

    private List<String> eventsOf(String runId) {
        return ledger.events(runId, 0, 100).stream().map(RunEvent::type).toList();
    }

    @Test
    void endOfARunIsToldOnce() throws InterruptedException {
        happens(run("r1", toAll()), RunState.COMPLETED, "RunCompleted");

        webhooks.tick();
        webhooks.tick();

        assertThat(received).singleElement().satisfies(post -> {
            JsonNode body = JsonMapper.shared().readTree(post.body());
            assertThat(body.get("event").stringValue()).isEqualTo("RunCompleted");
            assertThat(body.get("run_id").stringValue()).isEqualTo("r1");
            assertThat(body.get("name").stringValue()).isEqualTo("a run");
            assertThat(body.get("step").intValue()).isEqualTo(2);
            assertThat(body.get("steps_total").intValue()).isEqualTo(3);
            assertThat(body.at("/data/reason").stringValue()).isEqualTo("because");
            assertThat(post.headers()).containsEntry("event", "RunCompleted").containsEntry("signature", "null");
            assertThat(post.headers().get("delivery"))
                    .isEqualTo(Long.toString(body.get("sequence").longValue()));
        });
        assertThat(eventsOf("r1")).containsExactly("RunQueued", "RunCompleted");
    }

    @Test
    void onlyWhatIsAskedForIsTold() throws InterruptedException {
        Run picky = run("r1", "{\"url\": \"" + url() + "\", \"on\": [\"failed\"]}");
        happens(picky, RunState.PAUSED, "RunPaused");
        happens(run("r2", ""), RunState.FAILED, "RunFailed");
        webhooks.tick();
        assertThat(received).isEmpty();

        happens(ledger.run("r1").orElseThrow(), RunState.FAILED, "RunFailed");
        webhooks.tick();

        assertThat(received).hasSize(1);
    }

    /** The expected value was computed with Python's hmac of the body that the test received. */
    @Test
    void bodyIsSignedWhenThereIsASecret() throws Exception {
        Webhooks signing = new Webhooks(ledger, book, "s3cret", clock, new Random(1));
        happens(run("r1", toAll()), RunState.COMPLETED, "RunCompleted");

        signing.tick();
        signing.close();

        assertThat(received.getFirst().body())
                .isEqualTo("{\"event\":\"RunCompleted\",\"sequence\":2,\"at\":\"2026-11-21T03:00:00.123456Z\","
                        + "\"run_id\":\"r1\",\"name\":\"a run\",\"step\":2,\"steps_total\":3,"
                        + "\"data\":{\"reason\":\"because\"}}");
        assertThat(received.getFirst().headers())
                .containsEntry("signature", "sha256=57ddc5ad7da3dad9b0da89dd8292640cc2407b31f90101ce9f46d544b0c9eea9");
    }

    @Test
    void failedAttemptIsRepeatedLaterAlsoByANewProcess() throws InterruptedException {
        answers.addAll(List.of(503, 429));
        happens(run("r1", toAll()), RunState.COMPLETED, "RunCompleted");
        webhooks.tick();
        webhooks.tick();
        assertThat(received).hasSize(1);

        clock.advance(Duration.ofSeconds(1));
        webhooks.tick();
        assertThat(received).hasSize(2);

        clock.advance(Duration.ofSeconds(2));
        Webhooks restarted = new Webhooks(ledger, book, "", clock, new Random(2));
        restarted.tick();
        clock.advance(Duration.ofDays(1));
        restarted.tick();
        restarted.close();
        assertThat(received).hasSize(3);
        assertThat(received.stream().map(post -> post.headers().get("delivery")).distinct())
                .hasSize(1);
    }

    @Test
    void attemptsAreBoundedAndTheRunSaysThatNobodyWasTold() throws InterruptedException {
        for (int attempt = 0; attempt < 20; attempt++) {
            answers.add(500);
        }
        happens(run("r1", toAll()), RunState.FAILED, "RunFailed");

        for (int tick = 0; tick < 20; tick++) {
            webhooks.tick();
            clock.advance(Duration.ofMinutes(10));
        }

        assertThat(received).hasSize(Webhooks.ATTEMPTS);
        assertThat(eventsOf("r1")).containsExactly("RunQueued", "RunFailed", "NotificationFailed");
        assertThat(ledger.events("r1", 0, 9).getLast().data())
                .containsEntry("event", "RunFailed")
                .containsEntry("host", "127.0.0.1")
                .containsEntry("attempts", 8L)
                .containsEntry("reason", "it answered 500");
        assertThat(ledger.run("r1").orElseThrow().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void refusalIsNotRepeated() throws InterruptedException {
        answers.add(404);
        happens(run("r1", toAll()), RunState.COMPLETED, "RunCompleted");

        webhooks.tick();
        clock.advance(Duration.ofDays(1));
        webhooks.tick();

        assertThat(received).hasSize(1);
        assertThat(eventsOf("r1")).endsWith("NotificationFailed");
    }

    @Test
    void redirectIsNotFollowed() throws InterruptedException {
        answers.add(302);
        happens(run("r1", toAll()), RunState.COMPLETED, "RunCompleted");

        webhooks.tick();

        assertThat(received).hasSize(1);
        assertThat(eventsOf("r1")).containsExactly("RunQueued", "RunCompleted");
    }

    @Test
    void nobodyThereIsAFailedAttempt() throws InterruptedException {
        server.stop(0);
        happens(run("r1", toAll()), RunState.COMPLETED, "RunCompleted");

        webhooks.tick();

        assertThat(book.claim(clock.instant(), Duration.ofSeconds(1))).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(book.claim(clock.instant(), Duration.ofSeconds(1)))
                .hasValueSatisfying(notice -> assertThat(notice.attempt()).isEqualTo(2));
    }

    @Test
    void noticeOfAProcessThatDiedComesAgain() {
        happens(run("r1", toAll()), RunState.COMPLETED, "RunCompleted");

        assertThat(book.claim(clock.instant(), Duration.ofSeconds(30))).isPresent();
        assertThat(book.claim(clock.instant(), Duration.ofSeconds(30))).isEmpty();
        clock.advance(Duration.ofSeconds(30));
        assertThat(book.claim(clock.instant(), Duration.ofSeconds(30))).isPresent();
    }

    private static final class SteppedClock extends Clock {

        private Instant now = TestRuns.CREATED;

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
