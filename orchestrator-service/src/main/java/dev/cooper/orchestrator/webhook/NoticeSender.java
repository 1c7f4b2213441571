package dev.cooper.orchestrator.webhook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts a notice. Redirects are not followed. */
final class NoticeSender implements AutoCloseable {

    static final String EVENT = "Cooper-Event";
    static final String DELIVERY = "Cooper-Delivery";
    static final String SIGNATURE = "Cooper-Signature";

    /** Of the 4xx those that may pass: timeout, too early, too many. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private static final String HMAC = "HmacSHA256";

    private final HttpClient http;
    private final Duration patience;
    private final String secret;

    /** @param secret that bodies are signed with; empty: they are not */
    NoticeSender(Duration patience, String secret) {
        this.http = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(Redirect.NEVER)
                .build();
        this.patience = patience;
        this.secret = secret;
    }

    /** @param id the same whenever the notice is repeated */
    Delivery send(String url, String event, long id, String body) throws InterruptedException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .header(EVENT, event)
                .header(DELIVERY, Long.toString(id))
                .POST(BodyPublishers.ofByteArray(bytes));
        if (!secret.isEmpty()) {
            request.header(SIGNATURE, "sha256=" + sign(bytes));
        }
        try {
            HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
            return judge(answer.statusCode());
        } catch (IOException e) {
            return new Delivery.Failed(e.toString());
        }
    }

    private static Delivery judge(int status) {
        if (status / 100 == 2) {
            return new Delivery.Done();
        }
        boolean refused = status / 100 == 4 && !PASSING.contains(status);
        String why = "it answered " + status;
        return refused ? new Delivery.Refused(why) : new Delivery.Failed(why);
    }

    private String sign(byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
