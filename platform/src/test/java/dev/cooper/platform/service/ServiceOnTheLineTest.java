package dev.cooper.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.FailureStatus;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.stream.WorkItem;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole service on a real broker. Each test is an installation of its own. */
class ServiceOnTheLineTest {

    private static final String BOOTSTRAP_SERVERS = TestingBroker.shared().bootstrapServers();
    private static ConfigurableApplicationContext service;
    private static TestingLog log;
    private String run;

    @BeforeAll
    static void start() {
        service = TestingService.start(
                BOOTSTRAP_SERVERS, "line-test", "--cooper.kafka.max-record-size=1MB", "--cooper.storage-root=.");
        log = new TestingLog(BOOTSTRAP_SERVERS, "line-test");
    }

    @AfterAll
    static void stop() {
        log.close();
        service.close();
    }

    @BeforeEach
    void announce(TestInfo test) {
        run = test.getTestMethod().orElseThrow().getName();
        log.post(control(1).build());
    }

    private RunControl.Builder control(int attempt) {
        return TestingGroups.control(attempt).setRunId(run);
    }

    private GroupId group(int slot, int attempt) {
        return TestingGroups.of(run, TestingGroups.group(slot, attempt));
    }

    @Test
    void aRelativePathStartsFromTheWorkingFolderNotFromTheWebServersOwn() {
        assertThat(service.getBean(CooperSettings.class).storageRoot()).isEqualTo(Path.of("."));
    }

    @Test
    void groupsOfASlotKeepTheirOrderAndNoneIsLostWhenTheLogFails() throws Exception {
        service.getBean(TestingService.FlakySink.class).failures.set(3);

        List<GroupId> sent =
                IntStream.range(0, 20).mapToObj(slot -> group(slot, 1)).toList();
        sent.forEach(group -> log.send(GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(group, "42"))));

        List<LogRecord> verified = log.read(Topic.VERIFIED, run, sent.size());
        assertThat(verified)
                .allSatisfy(record -> assertThat(
                                VerifiedGroup.parseFrom(record.value()).hasVerdicts())
                        .isTrue());
        assertThat(verified)
                .extracting(record -> GroupHeaders.parse(record.headers()).toGroupId())
                .containsAll(sent);
        for (int partition = 0; partition < 4; partition++) {
            assertThat(offsetsOfSlots(verified, partition))
                    .isEqualTo(offsetsOfSlots(log.read(Topic.ROLLOUTS, run, 20), partition));
        }
        assertThat(prometheus())
                .contains(
                        "cooper_groups_total{instance=\"local\",outcome=\"done\",reason=\"none\",service=\"testing-service\",stage=\"verifying\"}")
                .contains(
                        "cooper_stage_duration_seconds_count{instance=\"local\",service=\"testing-service\",stage=\"verifying\"}");
    }

    @Test
    void lagIsMeasuredByTheConsumersAndByNoTaskThatCouldHoldUpTheEndOfTheService() throws Exception {
        log.send(GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(group(0, 1), "42")));
        log.read(Topic.VERIFIED, run, 1);

        assertThat(prometheus())
                .contains("kafka_consumer_fetch_manager_records_lag_max{")
                .doesNotContain("spring_cloud_stream_binder_kafka_offset");
    }

    private static List<Integer> offsetsOfSlots(List<LogRecord> records, int partition) {
        return records.stream()
                .filter(record -> record.partition() == partition)
                .map(record -> GroupHeaders.parse(record.headers()).slot())
                .distinct()
                .toList();
    }

    @Test
    void poisonIsPutAsideAndTheLineGoesOn() throws Exception {
        var first = GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(group(0, 1), "42"));
        log.send(first, new byte[] {(byte) 0xff, 7});
        log.send(first, null);
        var unannounced = GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(group(0, 9), "42"));
        log.send(unannounced);
        log.send(GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(group(0, 1), "after")));

        List<LogRecord> verified = log.read(Topic.VERIFIED, run, 3);
        assertThat(VerifiedGroup.parseFrom(verified.get(0).value()).getFailure().getReason())
                .isEqualTo(FailureReason.BAD_INPUT);
        assertThat(VerifiedGroup.parseFrom(verified.get(1).value()).getFailure().getReason())
                .isEqualTo(FailureReason.BAD_INPUT);
        assertThat(VerifiedGroup.parseFrom(verified.get(2).value()).hasVerdicts())
                .isTrue();
        assertThat(log.readDeadLetters(Topic.ROLLOUTS, 3))
                .extracting(letter -> letter.headers().get("cooper-error"))
                .satisfiesExactly(
                        error -> assertThat(error).startsWith("UNREADABLE_VALUE"),
                        error -> assertThat(error).startsWith("UNREADABLE_VALUE: in the value, cooper-run"),
                        error -> assertThat(error).startsWith("UNANNOUNCED"));
        assertThat(prometheus())
                .contains(
                        "cooper_dead_letters_total{instance=\"local\",reason=\"unannounced\",service=\"testing-service\",topic=\"rollouts\"} 1.0");
    }

    @Test
    void aResultThatIsTooLargeBecomesAFailure() throws Exception {
        service.getBean(TestingService.Fat.class).padding = 200_000;
        String text = IntStream.range(0, 120_000)
                .mapToObj(i -> Integer.toString(i * 7919))
                .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                .toString();
        log.send(GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(group(0, 1), text.substring(0, 1_000_000))));

        LogRecord record = log.read(Topic.VERIFIED, run, 1).getFirst();

        assertThat(VerifiedGroup.parseFrom(record.value()).getFailure().getDetail())
                .contains("too large for topic")
                .contains("cooper.kafka.max-record-size");
    }

    @Test
    void controlThatComesLateIsWaitedFor() {
        log.send(GroupMessage.ROLLOUTS.record(TestingGroups.rollouts(group(0, 2), "42")));
        log.post(control(2).build());

        assertThat(log.read(Topic.VERIFIED, run, 1)).hasSize(1);
    }

    @Test
    void workMayBeFinishedInAnyOrderAndIsDeliveredAgainWhenItIsNot() throws Exception {
        String prefix = "restart-test";
        try (TestingLog own = new TestingLog(BOOTSTRAP_SERVERS, prefix)) {
            try (ConfigurableApplicationContext first = TestingService.start(BOOTSTRAP_SERVERS, prefix)) {
                own.post(control(1).build());
                for (int seed = 0; seed < 5; seed++) {
                    own.send(GroupMessage.REQUEST.record(SampleRequest.newBuilder()
                            .setGroup(group(0, 1))
                            .setSeed(seed)
                            .build()));
                }
                List<WorkItem<SampleRequest, RolloutGroup>> items = take(queueOf(first), 5);
                assertThat(seeds(items)).containsExactly(0L, 1L, 2L, 3L, 4L);
                for (int i : new int[] {3, 0, 2}) {
                    items.get(i).finish(answer(items.get(i)));
                }
                assertThat(own.read(Topic.ROLLOUTS, run, 3)).hasSize(3);
            }
            assertThat(own.committed(prefix + ".sampling", Topic.PROMPTS)).isEqualTo(1);

            try (ConfigurableApplicationContext second = TestingService.start(BOOTSTRAP_SERVERS, prefix)) {
                List<WorkItem<SampleRequest, RolloutGroup>> again = take(queueOf(second), 4);
                assertThat(seeds(again)).containsExactly(1L, 2L, 3L, 4L);
                again.reversed().forEach(item -> item.finish(answer(item)));
            }
            assertThat(own.committed(prefix + ".sampling", Topic.PROMPTS)).isEqualTo(5);
        }
    }

    private static List<Long> seeds(List<WorkItem<SampleRequest, RolloutGroup>> items) {
        return items.stream().map(item -> item.message().getSeed()).toList();
    }

    @SuppressWarnings("unchecked")
    private static WorkQueue<SampleRequest, RolloutGroup> queueOf(ConfigurableApplicationContext context) {
        return context.getBean(WorkQueue.class);
    }

    @Test
    void theQueueHandsOutOnlyWhatIsWanted() throws Exception {
        WorkQueue<SampleRequest, RolloutGroup> queue = queueOf(service);
        log.post(control(2).addCancelledSlots(2).build());
        for (GroupId id : List.of(group(0, 1), group(1, 9), group(2, 2), group(3, 2))) {
            log.send(GroupMessage.REQUEST.record(
                    SampleRequest.newBuilder().setGroup(id).build()));
        }
        log.send(
                GroupMessage.REQUEST.record(
                        SampleRequest.newBuilder().setGroup(group(4, 2)).build()),
                new byte[] {-1});

        WorkItem<SampleRequest, RolloutGroup> only = take(queue, 1).getFirst();
        assertThat(only.headers().slot()).isEqualTo(3);
        assertThat(queue.poll(Duration.ofSeconds(2))).isEmpty();
        log.post(control(3).build());
        for (int i = 0; i < 200 && only.isCurrent(); i++) {
            Thread.sleep(20);
        }
        assertThat(only.isCurrent()).isFalse();
        only.drop();

        assertThat(log.readDeadLetters(Topic.PROMPTS, 2)).hasSize(2);
        LogRecord lost = log.read(Topic.ROLLOUTS, run, 1).getFirst();
        assertThat(GroupHeaders.parse(lost.headers()).slot()).isEqualTo(4);
        assertThat(lost.headers()).containsEntry("cooper-failure", "BAD_INPUT");
    }

    @Test
    void failuresAreToldInTheWaysOfHttpAndGrpc() throws Exception {
        assertThat(get("/fail/input").statusCode()).isEqualTo(400);
        assertThat(get("/fail/input").headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(get("/fail/input").body())
                .contains("\"type\":\"urn:cooper:problem:bad-input\"")
                .contains("\"errors\":[{")
                .contains("\"field\":\"steps\"");
        assertThat(get("/fail/timeout").statusCode()).isEqualTo(504);
        assertThat(get("/fail/otherwise").statusCode()).isEqualTo(500);
        assertThat(get("/fail/otherwise").body()).doesNotContain("secret");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/actuator/health/readiness").body())
                .contains("\"control\":{")
                .contains("\"status\":\"UP\"");

        ManagedChannel channel = Channels.plain()
                .open("verifier", "127.0.0.1:" + service.getEnvironment().getProperty("local.grpc.server.port"));
        try {
            assertThat(failureOf(channel, "")).satisfies(failure -> {
                assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT);
                assertThat(failure.field()).contains("reference_answer");
            });
            assertThat(failureOf(channel, "version")).isInstanceOf(PreconditionException.class);
            assertThat(((PreconditionException) failureOf(channel, "version"))
                            .heldVersion()
                            .orElseThrow()
                            .getNumber())
                    .isEqualTo(3);
        } finally {
            channel.shutdownNow();
        }
    }

    private static CooperException failureOf(ManagedChannel channel, String reference) {
        try {
            VerifierGrpc.newBlockingStub(channel)
                    .verify(VerifyRequest.newBuilder()
                            .setReferenceAnswer(reference)
                            .build());
            throw new AssertionError("the call was answered");
        } catch (StatusRuntimeException e) {
            return FailureStatus.fromStatus(e);
        }
    }

    private static RolloutGroup answer(WorkItem<SampleRequest, RolloutGroup> item) {
        return RolloutGroup.newBuilder()
                .setRequest(item.message())
                .setRollouts(Rollouts.getDefaultInstance())
                .build();
    }

    private static List<WorkItem<SampleRequest, RolloutGroup>> take(
            WorkQueue<SampleRequest, RolloutGroup> queue, int count) throws InterruptedException {
        List<WorkItem<SampleRequest, RolloutGroup>> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(queue.poll(Duration.ofSeconds(20)).orElseThrow());
        }
        return items;
    }

    @Test
    void seriesCarryNoExemplarsWhichAnOlderPrometheusRefuses() throws Exception {
        get("/actuator/health/readiness");
        URI uri = URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port")
                + "/actuator/prometheus");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest asked = HttpRequest.newBuilder(uri)
                    .header("Accept", "application/openmetrics-text; version=1.0.0")
                    .build();
            for (int i = 0; i < 40; i++) {
                String page =
                        client.send(asked, HttpResponse.BodyHandlers.ofString()).body();
                assertThat(page)
                        .contains("http_server_requests_seconds_count")
                        .endsWith("# EOF\n")
                        .doesNotContain("# {");
            }
        }
    }

    @Test
    void noSpanIsMadeWhileTracesAreOff() {
        assertThat(service.getBean(Tracer.class).nextSpan().start().isNoop()).isTrue();
    }

    private String prometheus() throws Exception {
        return get("/actuator/prometheus").body();
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
