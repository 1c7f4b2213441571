package dev.cooper.perturbation.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.modelruntime.endpoint.Backoff;
import dev.cooper.modelruntime.endpoint.EndpointNames;
import dev.cooper.modelruntime.endpoint.EndpointOptions;
import dev.cooper.modelruntime.testing.TestingEndpoint;
import dev.cooper.modelruntime.testing.TestingEndpoint.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EndpointAssistantTest extends AssistantContract {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();
    private final TestingEndpoint endpoint = startEndpoint();

    private static TestingEndpoint startEndpoint() {
        try {
            return new TestingEndpoint();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    Assistant open() {
        EndpointOptions options = new EndpointOptions(
                EndpointOptions.completions(endpoint.url()).orElseThrow(),
                "tiny",
                "",
                Duration.ofSeconds(10),
                new Backoff(2, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                4,
                new EndpointNames("the endpoint", "cooper.assistant."::concat, "set a key", "temperature", "length"));
        return new EndpointAssistant(options, NOON, pauses::add, retries::incrementAndGet);
    }

    @AfterEach
    void stopEndpoint() {
        endpoint.close();
    }

    @Override
    RewriteRequest request(String prompt, long seed, BooleanSupplier wanted) {
        // The endpoint takes the upper half of a seed.
        return new RewriteRequest("run-1", Optional.empty(), prompt, 0.7, 10, seed << 33 | seed, wanted);
    }

    @Override
    void damage() {
        endpoint.replies.add(Reply.of(200, "<html>it works!</html>"));
    }

    @Override
    void hold() {
        endpoint.gate = new CountDownLatch(1);
    }

    @Override
    void release() {
        endpoint.gate.countDown();
    }

    @Test
    void whatIsAskedForIsWhatTheRequestSays() throws Exception {
        RewriteRequest request = request("How \"many\"?\n{{x}}", 7);

        assistant().rewrite(request);

        JsonNode asked = endpoint.asked.getFirst();
        assertThat(asked.path("messages").path(0).path("content").asString()).isEqualTo(request.prompt());
        assertThat(asked.path("temperature").asDouble()).isEqualTo(0.7);
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(10);
        assertThat(asked.path("seed").asLong()).isEqualTo(7);
    }

    @Test
    void aTextComesWithoutWhiteSpaceAroundItAndNamesItsWriter() throws Exception {
        endpoint.replies.add(Reply.of(200, TestingEndpoint.completion("\n w2 w3 \n", "length")));
        endpoint.replies.add(Reply.of(200, TestingEndpoint.completion(" \n", "stop")));

        assertThat(assistant().rewrite(request(PROMPT, 7))).isEqualTo(new Rewrite("w2 w3", true, "endpoint tiny"));
        assertThat(assistant().rewrite(request(PROMPT, 7)).text()).isEmpty();
    }

    @Test
    void aRetryIsToldOf() throws Exception {
        endpoint.replies.add(Reply.of(503, "busy"));

        assistant().rewrite(request(PROMPT, 7));

        assertThat(retries).hasValue(1);
        assertThat(pauses).hasSize(1);
    }
}
