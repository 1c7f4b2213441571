package dev.cooper.perturbation.assistant;

import dev.cooper.modelruntime.endpoint.Backoff.Pause;
import dev.cooper.modelruntime.endpoint.ChatRequest;
import dev.cooper.modelruntime.endpoint.ChatText;
import dev.cooper.modelruntime.endpoint.EndpointClient;
import dev.cooper.modelruntime.endpoint.EndpointOptions;
import java.time.Clock;

/** A model behind any OpenAI-compatible endpoint. */
public final class EndpointAssistant implements Assistant {

    private static final double ALL_TOKENS = 1;

    private final EndpointClient client;
    private final String writer;

    /**
     * An assistant that has not connected yet.
     *
     * @param clock what dates in Retry-After are compared with
     * @param retried told of every retry
     */
    public EndpointAssistant(EndpointOptions options, Clock clock, Pause pause, Runnable retried) {
        this.client = new EndpointClient(options, clock, pause, retried);
        this.writer = "endpoint " + options.model();
    }

    @Override
    public Rewrite rewrite(RewriteRequest request) throws InterruptedException {
        ChatText written = client.complete(new ChatRequest(
                request.prompt(),
                request.temperature(),
                ALL_TOKENS,
                request.maxTokens(),
                request.seed(),
                request.wanted()));
        return new Rewrite(written.text().strip(), written.truncated(), writer);
    }

    @Override
    public void close() {
        client.close();
    }
}
