package dev.cooper.cli.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A real HTTP server that answers what a test tells it, and remembers what it was asked. */
public final class TestingServer implements AutoCloseable {
    private final HttpServer server;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public record Request(
            String method, String path, String contentType, String lastEventId, String authorization, String body) {}

    /**
     * What the server answers.
     *
     * @param length bytes that the answer announces; more than it has breaks the connection at the end
     */
    public record Answer(int status, String contentType, String body, long length) {
        public static Answer json(int status, String body) {
            return new Answer(status, "application/json", body, 0);
        }

        public static Answer problem(int status, String body) {
            return new Answer(status, "application/problem+json", body, 0);
        }

        public static Answer events(String body) {
            return new Answer(200, "text/event-stream", body, 0);
        }

        public static Answer brokenEvents(String body) {
            return new Answer(200, "text/event-stream", body, 1_000_000);
        }
    }

    public TestingServer(Function<Request, Answer> answers) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, answers));
        server.start();
    }

    private void answer(HttpExchange exchange, Function<Request, Answer> answers) throws IOException {
        try (exchange) {
            String type = exchange.getRequestHeaders().getFirst("Content-Type");
            String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    type == null ? "" : type,
                    last == null ? "" : last,
                    authorization == null ? "" : authorization,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            requests.add(request);
            Answer answer = answers.apply(request);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
            exchange.sendResponseHeaders(answer.status(), answer.length() > 0 ? answer.length() : body.length);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
