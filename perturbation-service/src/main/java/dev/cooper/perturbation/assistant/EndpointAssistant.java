package dev.cooper.perturbation.assistant;

import dev.cooper.perturbation.assistant.EndpointAnswer.Busy;
import dev.cooper.perturbation.assistant.EndpointAnswer.Refused;
import dev.cooper.perturbation.assistant.EndpointAnswer.Written;
import dev.cooper.perturbation.retry.Backoff.Pause;
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
public final class EndpointAssistant implements Assistant {

    private static final Logger log = LoggerFactory.getLogger(EndpointAssistant.class);
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
     * An assistant that has not connected yet.
     *
     * @param clock what dates in Retry-After are compared with
     * @param retried told of every retry
     */
    public EndpointAssistant(EndpointOptions options, Clock clock, Pause pause, Runnable retried) {
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

    @Override
    public Rewrite rewrite(RewriteRequest request) throws InterruptedException {
        permits.acquire();
        try {
            return untilAnswered(request);
        } finally {
            permits.release();
        }
    }

    private Rewrite untilAnswered(RewriteRequest request) throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            requireWanted(request);
            switch (ask(request)) {
                case Written(Rewrite rewrite) -> {
                    return rewrite;
                }
                case Refused(CooperException failure) -> throw failure;
                case Busy busy -> {
                    if (!options.backoff().mayRetry(attempt)) {
                        throw away(busy, attempt + 1);
                    }
                    log.info("the assistant's endpoint {}, and is asked again", busy.problem());
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

    private void requireWanted(RewriteRequest request) {
        if (closed || !request.wanted().getAsBoolean()) {
            throw new CooperException(
                    FailureReason.CANCELLED, closed ? "the assistant is closed" : "nobody wants the rewrite any more");
        }
    }

    private CooperException away(Busy busy, int tries) {
        return new CooperException(
                FailureReason.NO_CAPACITY,
                "the assistant's endpoint " + options.url() + " " + busy.problem() + ", in " + tries
                        + " tries: check cooper.assistant.url, lower cooper.assistant.max-concurrency, or raise"
                        + " cooper.assistant.max-retries");
    }

    private EndpointAnswer ask(RewriteRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(httpRequest(request), BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            return EndpointAnswer.of(await(answer, request), options, clock);
        } catch (TimeoutException e) {
            return new Refused(new CooperException(
                    FailureReason.TIMEOUT,
                    "the assistant's endpoint " + options.url() + " did not answer within " + options.timeout()
                            + ": raise cooper.assistant.timeout, or lower pairing.extra_tokens or"
                            + " cooper.assistant.max-concurrency",
                    e));
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

    /** Looks up now and then whether the text is still wanted: nobody need write it to its end if not. */
    private HttpResponse<String> await(CompletableFuture<HttpResponse<String>> answer, RewriteRequest request)
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

    private HttpRequest httpRequest(RewriteRequest request) {
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
