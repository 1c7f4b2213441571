package dev.cooper.modelruntime.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cooper.languagemodel.random.CounterRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OpenAI-compatible model server on a loopback port. Its "model" is a function of prompt and seed. */
public final class TestingEndpoint implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** Answers of the next requests; when there is none, the model answers. */
    public final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    public final List<JsonNode> asked = new CopyOnWriteArrayList<>();
    public final List<String> authorizations = new CopyOnWriteArrayList<>();
    public final AtomicInteger atOnce = new AtomicInteger();
    public final AtomicInteger mostAtOnce = new AtomicInteger();
    /** Writes the text of a request. */
    public volatile Function<JsonNode, String> model = TestingEndpoint::words;
    /** Nothing is answered before it is open. */
    public volatile CountDownLatch gate = new CountDownLatch(0);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** What is answered instead of a text. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body);
        }
    }

    public TestingEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            asked.add(request);
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            gate.await();
            Reply reply = replies.poll();
            Reply sent = reply == null ? Reply.of(200, completion(request)) : reply;
            byte[] body = sent.body().getBytes(StandardCharsets.UTF_8);
            sent.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(sent.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atOnce.decrementAndGet();
        }
    }

    private String completion(JsonNode request) {
        String text = model.apply(request);
        int most = request.path("max_tokens").asInt();
        List<String> words = List.of(text.split(" "));
        boolean cut = words.size() > most;
        return completion(cut ? String.join(" ", words.subList(0, most)) : text, cut ? "length" : "stop");
    }

    /** The body of an answer. */
    public static String completion(String text, String finishReason) {
        var choice = JSON.createObjectNode().put("index", 0).put("finish_reason", finishReason);
        choice.putObject("message").put("role", "assistant").put("content", text);
        var body = JSON.createObjectNode().put("object", "chat.completion");
        body.putArray("choices").add(choice);
        return JSON.writeValueAsString(body);
    }

    private static String words(JsonNode request) {
        String prompt = request.path("messages").path(0).path("content").asString();
        long key = CounterRandom.key(request.path("seed").asLong(), prompt);
        return IntStream.range(0, 2 + CounterRandom.integer(key, 0, 8))
                .mapToObj(place -> "w" + (2 + CounterRandom.integer(key, 1 + place, 30)))
                .collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
