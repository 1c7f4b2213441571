package dev.cooper.modelruntime.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * How an endpoint is asked.
 *
 * @param url where chat completions are asked for, in full
 * @param model as the endpoint names it
 * @param apiKey empty for none; is shown to nobody
 * @param timeout of one request, from its sending to the end of its answer
 * @param backoff after an answer that may be better next time
 * @param maxConcurrency requests at the same time
 * @param names what failures call all this
 */
public record EndpointOptions(
        URI url,
        String model,
        String apiKey,
        Duration timeout,
        Backoff backoff,
        int maxConcurrency,
        EndpointNames names) {

    private static final String COMPLETIONS = "/v1/chat/completions";

    /**
     * Where a server takes requests for chat completions.
     *
     * @param base the server's http or https address, with or without {@code /v1}
     * @return nothing if that is no such address, or holds a user: a key has its own setting
     */
    public static Optional<URI> completions(String base) {
        try {
            URI uri = new URI(base.strip().replaceAll("/+$", "").replaceAll("/v1$", "") + COMPLETIONS);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

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
