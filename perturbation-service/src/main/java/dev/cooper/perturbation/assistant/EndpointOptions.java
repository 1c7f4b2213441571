package dev.cooper.perturbation.assistant;

import dev.cooper.perturbation.retry.Backoff;
import java.net.URI;
import java.time.Duration;

/**
 * How an endpoint is asked.
 *
 * @param url where chat completions are asked for, in full
 * @param model as the endpoint names it
 * @param apiKey empty for none; is shown to nobody
 * @param timeout of one request, from its sending to the end of its answer
 * @param backoff after an answer that may be better next time
 * @param maxConcurrency requests at the same time
 */
public record EndpointOptions(
        URI url, String model, String apiKey, Duration timeout, Backoff backoff, int maxConcurrency) {

    /** Texts that the endpoint wrote may repeat the key: nobody is to read it in a log. */
    String withoutKey(String text) {
        return apiKey.isEmpty() ? text : text.replace(apiKey, "***");
    }

    @Override
    public String toString() {
        return "EndpointOptions[url=" + url + ", model=" + model + ", timeout=" + timeout + ", backoff=" + backoff
                + ", maxConcurrency=" + maxConcurrency + "]";
    }
}
