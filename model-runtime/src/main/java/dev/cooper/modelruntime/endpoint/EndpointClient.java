package dev.cooper.modelruntime.endpoint;

import dev.cooper.modelruntime.endpoint.Backoff.Pause;
import dev.cooper.modelruntime.endpoint.EndpointAnswer.Busy;
import dev.cooper.modelruntime.endpoint.EndpointAnswer.Refused;
import dev.cooper.modelruntime.endpoint.EndpointAnswer.Written;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model behind any OpenAI-compatible endpoint. What may be better next time (no connection, 429, 5xx) is tried again
 * after a pause, a bounded number of times; a request that takes too long is not, for that would load a slow endpoint
 * twice.
 */
public final class EndpointClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EndpointClient.class);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration LOOK_UP = Duration.ofMillis(500);
    private static final long LARGEST_ANSWER = 8L << 20;

    private final EndpointOptions options;
    private final Pause pause;
    private final Runnable retried;
    private final Clock clock;
    private final HttpClient client;
    private final Semaphore permits;
    private volatile boolean closed;

    /**
     * A client that has not connected yet.
     *
     * @param clock what dates in Retry-After are compared with
     * @param retried told of every retry
     */
    public EndpointClient(EndpointOptions options, Clock clock, Pause pause, Runnable retried) {
        this.options = options;
        this.clock = clock;
        this.pause = pause;
        this.retried = retried;
        this.permits = new Semaphore(options.maxConcurrency(), true);
        Duration timeout = options.timeout();
        this.client = HttpClient.newBuilder()
                // Many model servers speak nothing newer.
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT)
                .build();
    }

    /**
     * Asks for one text, and waits for it. Threads may ask at the same time; no more requests than allowed are under
     * way.
     *
     * @throws CooperException NO_CAPACITY or TIMEOUT if the model cannot be had now, BAD_INPUT naming the setting that
     *     must be changed, MODEL_FAULT if it answers what nobody can read, CANCELLED if nobody wants the text any more
     *     or the client was closed
     * @throws InterruptedException if the thread is interrupted; the text is then nobody's
     */
    public ChatText complete(ChatRequest request) throws InterruptedException {
        permits.acquire();
        try {
            return untilAnswered(request);
        } finally {
            permits.release();
        }
    }

    private ChatText untilAnswered(ChatRequest request) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            requireWanted(request);
            switch (ask(request)) {
                case Written(ChatText text) -> {
                    return text;
                }
                case Refused(CooperException failure) -> throw failure;
                case Busy busy -> {
                    if (!options.backoff().mayRetry(attempt)) {
                        throw away(busy, attempt + 1);
                    }
                    log.info("{} {}, and is asked again", options.names().endpoint(), busy.problem());
                    retried.run();
                    Duration planned = options.backoff().after(attempt, request.seed());
                    pause.of(busy.waitFor()
                            .map(options.backoff()::bounded)
                            .filter(asked -> asked.compareTo(planned) > 0)
                            .orElse(planned));
                }
            }
        }
    }

    private void requireWanted(ChatRequest request) {
        if (closed || !request.wanted().getAsBoolean()) {
            throw new CooperException(
                    FailureReason.CANCELLED,
                    closed
                            ? "whoever asks " + options.names().endpoint() + " is closing"
                            : "nobody wants the text any more");
        }
    }

    private CooperException away(Busy busy, int tries) {
        EndpointNames names = options.names();
        return new CooperException(
                FailureReason.NO_CAPACITY,
                names.endpoint() + " " + options.url() + " " + busy.problem() + ", in " + tries + " tries: check "
                        + names.of("url") + ", lower " + names.of("max-concurrency") + ", or raise "
                        + names.of("max-retries"));
    }

    private EndpointAnswer ask(ChatRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(httpRequest(request), BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            return EndpointAnswer.of(await(answer, request), options, clock);
        } catch (TimeoutException e) {
            return new Refused(slow(e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                return Busy.unreachable(broken);
            }
            return new Refused(CooperException.of(e.getCause() == null ? e : e.getCause()));
        } finally {
            // Of no effect on what is done; the connection of what is not is closed.
            answer.cancel(true);
        }
    }

    private CooperException slow(TimeoutException e) {
        EndpointNames names = options.names();
        return new CooperException(
                FailureReason.TIMEOUT,
                names.endpoint() + " " + options.url() + " did not answer within " + options.timeout() + ": raise "
                        + names.of("timeout") + ", or lower " + names.length() + " or " + names.of("max-concurrency"),
                e);
    }

    /** Looks up now and then whether the text is still wanted: nobody need write it to its end if not. */
    private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer, ChatRequest request)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + options.timeout().toNanos();
        while (true) {
            long left = end - System.nanoTime();
            try {
                return answer.get(Math.min(left, LOOK_UP.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= LOOK_UP.toNanos()) {
                    throw e;
                }
                requireWanted(request);
            }
        }
    }

    private HttpRequest httpRequest(ChatRequest request) {
        HttpRequest.Builder http = HttpRequest.newBuilder(options.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(ChatMessages.request(options.model(), request)));
        if (!options.apiKey().isEmpty()) {
            http.header("Authorization", "Bearer " + options.apiKey());
        }
        return http.build();
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }
}
