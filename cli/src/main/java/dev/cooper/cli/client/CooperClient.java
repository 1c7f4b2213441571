package dev.cooper.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The orchestrator's REST interface. Calls block; a refusal is an {@link ApiException}. */
public final class CooperClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final URI server;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();

    public CooperClient(URI server) {
        this(server, Optional.empty());
    }

    /** @param token sent with every request */
    public CooperClient(URI server, Optional<String> token) {
        String scheme = server.getScheme();
        if (server.getHost() == null || scheme == null || !scheme.startsWith("http")) {
            throw new IllegalArgumentException(
                    "--server must be an address such as http://127.0.0.1:8080, not " + server);
        }
        this.server = server;
        this.token = token;
    }

    public RunView submit(SpecFile spec) {
        HttpRequest request = request("/api/v1/runs")
                .header("Content-Type", spec.mediaType())
                .POST(HttpRequest.BodyPublishers.ofString(spec.text(), StandardCharsets.UTF_8))
                .build();
        return read(send(request), RunView.class);
    }

    public List<RunView> runs() {
        return list("/api/v1/runs", RunView.class);
    }

    public RunView run(String id) {
        return read(get("/api/v1/runs/" + escape(id)), RunView.class);
    }

    /**
     * Asks for another state; the run may take a moment to get there.
     *
     * @param action pause, resume or cancel
     */
    public RunView ask(String id, String action) {
        HttpRequest request = request("/api/v1/runs/" + escape(id) + "/" + action)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        String answer = send(request);
        return answer.isBlank() ? run(id) : read(answer, RunView.class);
    }

    /**
     * A new run that begins with the models of this one after a step.
     *
     * @param changes fields of its specification that are to be others; may be empty
     */
    public RunView fork(String id, long step, Map<String, Object> changes) {
        Map<String, Object> body = new HashMap<>(changes);
        body.put("step", step);
        return read(post("/api/v1/runs/" + escape(id) + "/fork", body), RunView.class);
    }

    /**
     * Copies the model that a run had after a step to a folder of the orchestrator's machine.
     *
     * @param model policy or reward
     * @return what was copied, as the server wrote it
     */
    public JsonNode export(String id, long step, String model, Path folder) {
        Map<String, Object> body = Map.of("step", step, "model", model, "path", folder.toString());
        return JSON.readTree(post("/api/v1/runs/" + escape(id) + "/export", body));
    }

    /**
     * Asks for the models that a run had after a step; it goes on from there.
     *
     * @param models policy, reward; empty for all that the run trains
     */
    public RunView rollback(String id, long step, List<String> models) {
        Map<String, Object> body = models.isEmpty() ? Map.of("step", step) : Map.of("step", step, "models", models);
        return read(post("/api/v1/runs/" + escape(id) + "/rollback", body), RunView.class);
    }

    /** The versions that a run has made of a model, as the server wrote them. */
    public JsonNode versions(String id, String model) {
        return JSON.readTree(get(versionsOf(id, model)));
    }

    /** Two versions beside each other, with the distance of their parameters if asked for, as the server wrote them. */
    public JsonNode compare(String id, String model, long first, long second, boolean distance) {
        return JSON.readTree(get(versionsOf(id, model) + "/" + first + "/compare/" + second + "?distance=" + distance));
    }

    /** Keeps the weights of a version, or lets them go. */
    public JsonNode pin(String id, String model, long version, boolean pinned) {
        HttpRequest.Builder request = request(versionsOf(id, model) + "/" + version + "/pin");
        return JSON.readTree(
                send((pinned ? request.PUT(HttpRequest.BodyPublishers.noBody()) : request.DELETE()).build()));
    }

    private static String versionsOf(String id, String model) {
        return "/api/v1/runs/" + escape(id) + "/models/" + escape(model) + "/versions";
    }

    /** Deletes a run that has ended, with all that it has. */
    public void delete(String id) {
        send(request("/api/v1/runs/" + escape(id)).DELETE().build());
    }

    public List<StepView> steps(String id, long from) {
        return list("/api/v1/runs/" + escape(id) + "/steps?from=" + from, StepView.class);
    }

    public StepView step(String id, long step) {
        return read(get("/api/v1/runs/" + escape(id) + "/steps/" + step), StepView.class);
    }

    public List<EvaluationView> evaluations(String id) {
        return list("/api/v1/runs/" + escape(id) + "/evaluations", EvaluationView.class);
    }

    /** The groups of a step with their completions and verdicts, as the server wrote them. */
    public JsonNode rollouts(String id, long step) {
        return JSON.readTree(get("/api/v1/runs/" + escape(id) + "/steps/" + step + "/rollouts"));
    }

    /** The pairs of a step and why other groups have none, as the server wrote them. */
    public JsonNode pairs(String id, long step) {
        return JSON.readTree(get("/api/v1/runs/" + escape(id) + "/steps/" + step + "/pairs"));
    }

    /** Whether the run's reward model is suspected of being hacked, as the server wrote it. */
    public JsonNode hacking(String id) {
        return JSON.readTree(get("/api/v1/runs/" + escape(id) + "/hacking"));
    }

    /**
     * Live events, after the one that is named.
     *
     * @param after sequence of the last event seen; 0 begins with the run's first
     */
    public EventStream events(String id, long after) {
        HttpRequest.Builder request =
                authorized("/api/v1/runs/" + escape(id) + "/events").header("Accept", "text/event-stream");
        if (after > 0) {
            request.header("Last-Event-ID", Long.toString(after));
        }
        HttpResponse<InputStream> response = exchange(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            try (InputStream body = response.body()) {
                throw refusal(response.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw ApiException.unreachable(server.toString(), e);
            }
        }
        return new EventStream(response.body(), text -> read(text, RunEventView.class));
    }

    private <T> List<T> list(String path, Class<T> element) {
        try {
            return JSON.readerForListOf(element).readValue(get(path));
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private String get(String path) {
        return send(request(path).GET().build());
    }

    private String post(String path, Map<String, Object> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body), StandardCharsets.UTF_8))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return authorized(path).timeout(ANSWER).header("Accept", "application/json, application/problem+json");
    }

    private HttpRequest.Builder authorized(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        token.ifPresent(known -> request.header("Authorization", "Bearer " + known));
        return request;
    }

    private String send(HttpRequest request) {
        HttpResponse<String> response = exchange(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() >= 300) {
            throw refusal(response.statusCode(), response.body());
        }
        return response.body();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw ApiException.unreachable(server.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.unreachable(server.toString(), e);
        }
    }

    private static ApiException refusal(int status, String body) {
        try {
            ApiException.Problem problem = JSON.readValue(body, ApiException.Problem.class);
            return ApiException.of(
                    new ApiException.Problem(problem.title(), status, problem.detail(), problem.errors()));
        } catch (JacksonException _) {
            // Not one of ours: something else serves that port, or a proxy stands between.
            return ApiException.of(new ApiException.Problem(
                    "the server answered", status, "status " + status + ": " + body.strip(), List.of()));
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static IllegalStateException unreadable(JacksonException cause) {
        return new IllegalStateException(
                "the server's answer is not what this client reads: " + cause.getMessage(), cause);
    }

    private static String escape(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
