package dev.cooper.platform.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.rpc.Channels;
import dev.cooper.platform.stream.WorkItem;
import dev.cooper.platform.stream.WorkQueue;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.platform.tracing.TraceName;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.platform.tracing.Tracing.Passed;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.VerifierGrpc;
import dev.cooper.proto.v1.VerifyRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A step's trace from a call over REST through Kafka and gRPC, as an exporter gets it. */
class TracesTest {

    private static final String RUN = "traced";
    private static final String BOOTSTRAP_SERVERS = TestingBroker.shared().bootstrapServers();
    private static ConfigurableApplicationContext service;
    private static TestingLog log;

    /** What a service that is traced has beside the usual. */
    @Configuration(proxyBeanMethods = false)
    static class Recording {
        @Bean
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }

        @Bean
        Asking asking(Tracing tracing) {
            return new Asking(tracing);
        }
    }

    @RestController
    static class Asking {
        private final Tracing tracing;

        Asking(Tracing tracing) {
            this.tracing = tracing;
        }

        @PostMapping("/runs/{id}")
        String ask(@PathVariable String id) {
            tracing.asked(id);
            return id;
        }
    }

    @BeforeAll
    static void start() {
        service = new SpringApplicationBuilder(TestingService.class, Recording.class)
                .properties(Map.of(
                        "spring.config.name", "testing-service",
                        "cooper.topic-prefix", "traced-test",
                        "cooper.kafka.bootstrap-servers", BOOTSTRAP_SERVERS,
                        "management.tracing.export.enabled", "true",
                        "management.tracing.sampling.probability", "1",
                        "management.opentelemetry.tracing.export.schedule-delay", "100ms"))
                .run();
        log = new TestingLog(BOOTSTRAP_SERVERS, "traced-test");
    }

    @AfterAll
    static void stop() {
        log.close();
        service.close();
    }

    @Test
    void aStepIsOneTraceThroughQueuesStagesAndCallsAndIsTiedToTheCallThatAskedForTheRun() throws Exception {
        TraceName step = TraceName.ofStep(RUN, 3);
        get("/actuator/health/liveness");
        post("/runs/" + RUN);
        GroupId group = TestingGroups.of(RUN, TestingGroups.group(2, 1)).toBuilder()
                .setStep(3)
                .build();
        log.post(TestingGroups.control(1).setRunId(RUN).setStep(3).build());
        log.send(GroupMessage.REQUEST.record(
                SampleRequest.newBuilder().setGroup(group).build()));

        WorkItem<SampleRequest, RolloutGroup> item =
                queue().poll(Duration.ofSeconds(20)).orElseThrow();
        try (LogScope _ = item.enter()) {
            askTheVerifier();
        }
        item.finish(RolloutGroup.newBuilder()
                .setRequest(item.message())
                .setRollouts(Rollouts.getDefaultInstance())
                .build());
        LogRecord rollouts = log.read(Topic.ROLLOUTS, RUN, 1).getFirst();
        log.read(Topic.VERIFIED, RUN, 1);
        Tracing tracing = service.getBean(Tracing.class);
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        tracing.partEnded(RUN, 3, new Passed("sampling and scoring", from, from.plusSeconds(5), Map.of()));
        tracing.stepEnded(RUN, 3, new Passed("step", from, from.plusSeconds(9), Map.of("cooper.seconds_total", 9.0)));
        Map<String, SpanData> spans = spans();
        SpanData root = span(spans, "step");
        assertThat(root.getTraceId()).isEqualTo(step.traceId());
        assertThat(root.getSpanId()).isEqualTo(step.spanId());
        assertThat(root.getParentSpanContext().isValid()).isFalse();
        assertThat(root.getEndEpochNanos() - root.getStartEpochNanos())
                .isEqualTo(Duration.ofSeconds(9).toNanos());
        assertChild(spans, "sampling and scoring", root);
        SpanData sampling = span(spans, "sampling");
        assertChild(spans, "sampling", root);
        assertChild(spans, "verifying", sampling);
        assertThat(rollouts.headers().get("traceparent")).contains(step.traceId(), sampling.getSpanId());
        List<SpanData> calls = all().stream()
                .filter(span -> span.getName().contains("Verifier/Verify"))
                .toList();
        assertThat(calls).as("the caller's span and the callee's").hasSize(2);
        assertThat(calls).extracting(SpanData::getTraceId).containsOnly(step.traceId());
        assertThat(calls).extracting(SpanData::getParentSpanId).contains(sampling.getSpanId());
        assertThat(sampling.getAttributes().asMap().toString())
                .contains("cooper.run=traced", "cooper.step=3", "cooper.slot=2", "cooper.outcome=done");

        SpanData call = span(spans, "http post /runs/{id}");
        SpanData run = span(spans, "run");
        assertThat(run.getLinks())
                .singleElement()
                .satisfies(
                        link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(call.getTraceId()));
        assertThat(root.getLinks())
                .singleElement()
                .satisfies(link -> assertThat(link.getSpanContext().getSpanId()).isEqualTo(run.getSpanId()));
        assertThat(call.getAttributes().asMap().toString()).contains("cooper.run=traced");
        assertThat(spans.keySet()).as("probes are no part of any run").noneMatch(name -> name.contains("actuator"));

        for (Topic sent : List.of(Topic.ROLLOUTS, Topic.VERIFIED)) {
            assertThat(service.getBean(TestingService.FlakySink.class).contexts.get(sent))
                    .as("what a log line says while " + sent + " is sent")
                    .containsEntry("run", RUN)
                    .containsEntry("step", "3")
                    .containsEntry("slot", "2")
                    .containsEntry("traceId", step.traceId());
        }
    }

    private static SpanData span(Map<String, SpanData> spans, String name) {
        return Objects.requireNonNull(spans.get(name), name);
    }

    private static void assertChild(Map<String, SpanData> spans, String name, SpanData parent) {
        assertThat(span(spans, name).getTraceId()).as(name).isEqualTo(parent.getTraceId());
        assertThat(span(spans, name).getParentSpanId()).as(name).isEqualTo(parent.getSpanId());
    }

    private static void askTheVerifier() {
        ManagedChannel channel = service.getBean(Channels.class)
                .open("verifier", "127.0.0.1:" + service.getEnvironment().getProperty("local.grpc.server.port"));
        try {
            var stub =
                    VerifierGrpc.newBlockingStub(service.getBean(Tracing.class).observed(channel));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> stub.verify(VerifyRequest.getDefaultInstance())))
                    .isInstanceOf(StatusRuntimeException.class);
        } finally {
            channel.shutdownNow();
        }
    }

    @SuppressWarnings("unchecked")
    private static WorkQueue<SampleRequest, RolloutGroup> queue() {
        return service.getBean(WorkQueue.class);
    }

    private static List<SpanData> all() {
        return service.getBean(InMemorySpanExporter.class).getFinishedSpanItems();
    }

    /** By their names; waits for those that end a little after what they tell of. */
    private static Map<String, SpanData> spans() throws InterruptedException {
        Set<String> awaited = Set.of("step", "run", "sampling", "verifying", "http post /runs/{id}");
        for (int i = 0; i < 100; i++) {
            Map<String, SpanData> spans =
                    all().stream().collect(Collectors.toMap(SpanData::getName, span -> span, (first, _) -> first));
            if (spans.keySet().containsAll(awaited)) {
                return spans;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("spans are missing: " + all());
    }

    private static void post(String path) throws Exception {
        send(HttpRequest.newBuilder(uri(path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    }

    private static void get(String path) throws Exception {
        send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + path);
    }

    private static void send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }
}
