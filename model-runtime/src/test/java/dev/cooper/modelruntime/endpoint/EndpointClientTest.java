package dev.cooper.modelruntime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cooper.modelruntime.testing.TestingEndpoint;
import dev.cooper.modelruntime.testing.TestingEndpoint.Reply;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EndpointClientTest {

    private static final String PROMPT = "w2 w3 w4";
    private static final String KEY = "sk-secret-of-ours";
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final AtomicInteger retries = new AtomicInteger();
    private final TestingEndpoint endpoint = startEndpoint();
    private final EndpointClient client = open(endpoint.url(), Duration.ofSeconds(10));

    private static TestingEndpoint startEndpoint() {
        try {
            return new TestingEndpoint();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private EndpointClient open(String url, Duration timeout) {
        return new EndpointClient(options(url, timeout), NOON, pauses::add, retries::incrementAndGet);
    }

    private static EndpointOptions options(String url, Duration timeout) {
        return new EndpointOptions(
                EndpointOptions.completions(url).orElseThrow(),
                "tiny",
                KEY,
                timeout,
                new Backoff(2, Duration.ofSeconds(1), Duration.ofSeconds(30)),
                4,
                new EndpointNames("the judge's endpoint", "judge."::concat, "set JUDGE_API_KEY", "heat", "length"));
    }

    @AfterEach
    void stopEndpoint() {
        client.close();
        endpoint.close();
    }

    private static ChatRequest request(String prompt, long seed) {
        // The endpoint takes the upper half of a seed.
        return new ChatRequest(prompt, 0.7, 1, 10, seed << 33 | seed, () -> true);
    }

    @Test
    void theRequestIsThatOfAChatCompletion() throws Exception {
        ChatRequest request = request("How \"many\"?\n{{x}}", 7);

        client.complete(request);

        JsonNode asked = endpoint.asked.getFirst();
        assertThat(asked.path("model").asString()).isEqualTo("tiny");
        assertThat(asked.path("messages").size()).isEqualTo(1);
        assertThat(asked.path("messages").path(0).path("role").asString()).isEqualTo("user");
        assertThat(asked.path("messages").path(0).path("content").asString()).isEqualTo(request.prompt());
        assertThat(asked.path("temperature").asDouble()).isEqualTo(0.7);
        assertThat(asked.has("top_p")).isFalse();
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(10);
        assertThat(asked.path("seed").asLong()).isEqualTo(7);
        assertThat(endpoint.authorizations).containsExactly("Bearer " + KEY);
    }

    @Test
    void aShareOfTheLikeliestTokensIsAskedForWhereItIsLessThanAll() throws Exception {
        client.complete(new ChatRequest("how many?", 0, 0.5, 10, 7, () -> true));

        assertThat(endpoint.asked.getFirst().path("top_p").asDouble()).isEqualTo(0.5);
    }

    @Test
    void aTextComesAsItWasWrittenAndSaysWhetherItWasCutOff() throws Exception {
        endpoint.replies.add(Reply.of(200, TestingEndpoint.completion(" yes\n", "stop")));
        endpoint.replies.add(Reply.of(200, TestingEndpoint.completion("ye", "length")));

        assertThat(client.complete(request(PROMPT, 7))).isEqualTo(new ChatText(" yes\n", false));
        assertThat(client.complete(request(PROMPT, 7))).isEqualTo(new ChatText("ye", true));
    }

    @Test
    void noMoreRequestsAreUnderWayThanAllowed() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ChatText>> requests = LongStream.range(0, 40)
                    .<Callable<ChatText>>mapToObj(seed -> () -> client.complete(request(PROMPT, seed)))
                    .toList();
            for (Future<ChatText> text : threads.invokeAll(requests)) {
                assertThat(text.get().text()).isNotEmpty();
            }
        }

        assertThat(endpoint.asked).hasSize(40);
        assertThat(endpoint.mostAtOnce.get()).isBetween(2, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void whatMayBeBetterNextTimeIsAskedAgain(int status) throws Exception {
        endpoint.replies.add(Reply.of(status, "busy"));
        endpoint.replies.add(Reply.of(status, ""));

        assertThat(client.complete(request(PROMPT, 7)).text()).isNotEmpty();

        assertThat(pauses).hasSize(2);
        assertThat(pauses.getFirst()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(pauses.getLast()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(retries).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500})
    void whatStaysBusyIsNoCapacity(int status) {
        for (int i = 0; i < 3; i++) {
            endpoint.replies.add(Reply.of(status, "{\"error\": \"overloaded\"}"));
        }

        CooperException failure = assertFailure(request(PROMPT, 7), FailureReason.NO_CAPACITY);

        assertThat(failure)
                .hasMessageContaining("answered " + status)
                .hasMessageContaining("overloaded")
                .hasMessageContaining("3 tries");
        assertThat(endpoint.asked).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "3600, 30",
        "99999999999999, 0",
        "'Sun, 01 Mar 2026 12:00:09 GMT', 9",
        "'Sun, 01 Mar 2026 11:00:00 GMT', 0",
        "soon, 0"
    })
    void retryAfterIsHonouredUpToTheLongestPause(String header, int seconds) throws Exception {
        endpoint.replies.add(new Reply(429, Map.of("Retry-After", header), ""));

        client.complete(request(PROMPT, 7));

        assertThat(pauses)
                .singleElement()
                .satisfies(pause -> assertThat(pause)
                        .isBetween(Duration.ofMillis(500), Duration.ofMillis(Math.max(1000, seconds * 1000L))))
                .satisfies(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(seconds)));
    }

    @Test
    void anEndpointThatIsDownIsNoCapacity() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        try (EndpointClient nobody = open("http://127.0.0.1:" + port, Duration.ofSeconds(5))) {
            assertThat(failureOf(nobody).reason()).isEqualTo(FailureReason.NO_CAPACITY);
            assertThat(failureOf(nobody)).hasMessageContaining("judge.url");
        }
        assertThat(pauses).hasSize(4);
    }

    @Test
    void anEndpointThatIsSlowIsATimeoutAndNotLoadedTwice() {
        endpoint.gate = new CountDownLatch(1);
        try (EndpointClient impatient = open(endpoint.url(), Duration.ofMillis(200))) {
            CooperException failure = failureOf(impatient);
            assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT);
            assertThat(failure).hasMessageContaining("judge.timeout");
        }
        assertThat(endpoint.asked).hasSize(1);
        assertThat(pauses).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, judge.model",
        "401, judge.api-key",
        "403, judge.api-key",
        "404, judge.url",
        "422, judge.model",
        "301, judge.model"
    })
    void whatTheEndpointRefusesNamesTheSettingToChange(int status, String setting) {
        endpoint.replies.add(Reply.of(status, "{\"error\": \"the key " + KEY + " is not known\"}"));

        CooperException failure = assertFailure(request(PROMPT, 7), FailureReason.BAD_INPUT);

        assertThat(failure.field()).contains(setting);
        assertThat(failure).hasMessageContaining("is not known").hasMessageContaining("answered " + status);
        assertThat(failure.detail()).doesNotContain(KEY);
        assertThat(endpoint.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": null}}]}",
                "{\"choices\": [{\"message\": {\"role\": \"assistant\"}}]}",
                "{\"choices\": [{\"message\": {\"content\": \" \\n\"}, \"finish_reason\": \"stop\"}]}"
            })
    void anEmptyTextIsATextForWhoAskedToJudge(String body) throws Exception {
        endpoint.replies.add(Reply.of(200, body));

        assertThat(client.complete(request(PROMPT, 7)).text()).isBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "",
                "[]",
                "{\"choices\": []}",
                "{\"choices\": [{\"message\": {\"content\": 42}}]}",
                "{\"choices\": [{\"text\": \"a\"}]}"
            })
    void anAnswerThatIsNoChatCompletionIsAModelFault(String body) {
        endpoint.replies.add(Reply.of(200, body));

        assertThat(assertFailure(request(PROMPT, 7), FailureReason.MODEL_FAULT)).hasMessageContaining("judge.url");
        assertThat(endpoint.asked).hasSize(1);
    }

    @Test
    void theOptionsKeepTheirKeyToThemselves() {
        assertThat(options("http://127.0.0.1/", Duration.ofSeconds(1)).toString())
                .contains("tiny")
                .doesNotContain(KEY);
    }

    private CooperException assertFailure(ChatRequest request, FailureReason reason) {
        CooperException failure = catchThrowableOfType(CooperException.class, () -> client.complete(request));
        assertThat(failure.reason()).as(failure.detail()).isEqualTo(reason);
        assertThat(failure.detail()).contains("the judge's endpoint");
        return failure;
    }

    private static CooperException failureOf(EndpointClient other) {
        return catchThrowableOfType(CooperException.class, () -> other.complete(request(PROMPT, 7)));
    }
}
