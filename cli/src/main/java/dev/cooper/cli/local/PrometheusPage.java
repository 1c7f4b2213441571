package dev.cooper.cli.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The figures that a service serves for Prometheus. */
public record PrometheusPage(String text) {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Asks a service on this machine. */
    public static PrometheusPage of(URI service) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/actuator/prometheus"))
                .timeout(ANSWER)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return new PrometheusPage(
                    http.send(request, BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + service + " was asked for its metrics", e);
        }
    }

    /** Sum of the series of this name over all of their labels; 0 when there is none. */
    public double sum(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
