package dev.cooper.perturbation;

import dev.cooper.modelruntime.endpoint.Backoff;
import dev.cooper.modelruntime.endpoint.EndpointNames;
import dev.cooper.modelruntime.endpoint.EndpointOptions;
import dev.cooper.perturbation.assistant.EmbeddedAssistant.Shape;
import dev.cooper.platform.failure.CooperException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of both assistants; which one a run uses is the run's to say.
 *
 * @param url base of an OpenAI-compatible endpoint, with or without {@code /v1}; empty for none
 * @param model as the endpoint names it
 * @param apiKey sent as bearer token; empty for none
 * @param timeout of one request to the endpoint
 * @param maxRetries after an answer that may be better next time
 * @param backoff pause before the first retry; doubles
 * @param longestBackoff no pause is longer, also where the endpoint asks for it
 * @param maxConcurrency requests to the endpoint at the same time
 * @param rows texts that the embedded assistant writes at the same time
 * @param contextLength longest prompt with its rewrite, in tokens, of the embedded assistant
 */
@ConfigurationProperties(prefix = "cooper.assistant", ignoreUnknownFields = false)
record AssistantSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String model,
        @DefaultValue("") String apiKey,
        @DefaultValue("60s") Duration timeout,
        @DefaultValue("4") int maxRetries,
        @DefaultValue("1s") Duration backoff,
        @DefaultValue("30s") Duration longestBackoff,
        @DefaultValue("16") int maxConcurrency,
        @DefaultValue("16") int rows,
        @DefaultValue("4096") int contextLength) {

    private static final EndpointNames NAMES = new EndpointNames(
            "the assistant's endpoint",
            "cooper.assistant."::concat,
            "set COOPER_ASSISTANT_API_KEY in the service's environment",
            "pairing.temperature",
            "pairing.extra_tokens");

    AssistantSettings {
        requireAtLeast(1, "max-concurrency", maxConcurrency);
        requireAtLeast(1, "rows", rows);
        requireAtLeast(2, "context-length", contextLength);
        if (timeout.isNegative() || timeout.isZero()) {
            throw CooperException.badInput(
                    "cooper.assistant.timeout", "cooper.assistant.timeout must be above 0, is " + timeout);
        }
        BackoffSettings.checked("cooper.assistant", maxRetries, backoff, longestBackoff);
    }

    Shape shape() {
        return new Shape(rows, contextLength);
    }

    /**
     * How the endpoint is asked; nothing when none is configured.
     *
     * @throws CooperException BAD_INPUT naming the setting that is wrong
     */
    Optional<EndpointOptions> endpoint() {
        if (url.isBlank()) {
            return Optional.empty();
        }
        if (model.isBlank()) {
            throw CooperException.badInput(
                    "cooper.assistant.model",
                    "cooper.assistant.model is empty: name the model that " + url + " serves");
        }
        Backoff pauses = BackoffSettings.checked("cooper.assistant", maxRetries, backoff, longestBackoff);
        return Optional.of(
                new EndpointOptions(completions(), model, apiKey.strip(), timeout, pauses, maxConcurrency, NAMES));
    }

    private URI completions() {
        return EndpointOptions.completions(url)
                .orElseThrow(
                        () -> CooperException.badInput(
                                "cooper.assistant.url",
                                "cooper.assistant.url must be http(s)://host[:port], without user or password: a key goes into COOPER_ASSISTANT_API_KEY"));
    }

    private static void requireAtLeast(int least, String name, int value) {
        if (value < least) {
            throw CooperException.badInput(
                    "cooper.assistant." + name,
                    "cooper.assistant." + name + " must be at least " + least + ", is " + value);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "AssistantSettings[url=" + url + ", model=" + model + "]";
    }
}
