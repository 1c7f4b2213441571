package dev.cooper.reward.annotation;

import dev.cooper.modelruntime.endpoint.Backoff;
import dev.cooper.modelruntime.endpoint.EndpointNames;
import dev.cooper.modelruntime.endpoint.EndpointOptions;
import dev.cooper.platform.spec.Fields;
import dev.cooper.platform.spec.SearchPath;
import dev.cooper.reward.annotation.ModelChoice.Checkpoint;
import dev.cooper.reward.annotation.ModelChoice.DataType;
import dev.cooper.reward.annotation.ModelChoice.Endpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads where a model is: a folder, or an endpoint. */
final class ModelReader {

    private static final Checkpoint NONE = new Checkpoint(Path.of(""), false, DataType.FLOAT32, 1, 0, false);
    private static final URI NOWHERE = URI.create("http://127.0.0.1/");
    /** A specification comes from anybody who may send one: it is to reach no variable that holds something else. */
    private static final String KEY_NAME = "([A-Z][A-Z0-9_]*_)?API_KEY";

    private final Fields fields;
    private final SearchPath folders;
    private final Map<String, String> environment;

    ModelReader(Fields fields, SearchPath folders, Map<String, String> environment) {
        this.fields = fields;
        this.folders = folders;
        this.environment = environment;
    }

    ModelChoice choice() {
        boolean folder = fields.has("model");
        boolean endpoint = fields.has("endpoint");
        if (folder == endpoint) {
            fields.problem(
                    folder ? "endpoint" : "model",
                    folder
                            ? "stands beside model: give one of them"
                            : "is missing: give the folder of a model, or endpoint, a section with url and model");
        }
        return endpoint ? new Endpoint(endpoint(fields.object("endpoint"))) : folder ? checkpoint() : NONE;
    }

    private Checkpoint checkpoint() {
        Path folder = folders.model(fields, "model");
        Map<String, DataType> types = new LinkedHashMap<>();
        types.put("float32", DataType.FLOAT32);
        types.put("bfloat16", DataType.BFLOAT16);
        types.put("stored", DataType.STORED);
        return new Checkpoint(
                folder,
                fields.flag("chat", false),
                fields.choice("dtype", DataType.FLOAT32, types),
                fields.whole("rows", 32, 1, 100_000),
                fields.whole("context_length", 0, 0, Integer.MAX_VALUE),
                fields.flag("deterministic", false));
    }

    private EndpointOptions endpoint(Fields endpoint) {
        String url = endpoint.requiredText("url", "the address of an OpenAI-compatible server, http(s)://host[:port]");
        URI completions = EndpointOptions.completions(url).orElse(NOWHERE);
        if (completions.equals(NOWHERE) && endpoint.isClean("url")) {
            endpoint.problem(
                    "url", "must be http(s)://host[:port], without user or password: a key comes by api_key_env");
        }
        EndpointOptions options = new EndpointOptions(
                completions,
                endpoint.requiredText("model", "the model's name, as the server has it"),
                key(endpoint),
                endpoint.duration("timeout", Duration.ofMinutes(2)),
                backoff(endpoint),
                endpoint.whole("max_concurrency", 16, 1, 10_000),
                names(endpoint));
        endpoint.refuseUnknown();
        return options;
    }

    private String key(Fields endpoint) {
        String name = endpoint.text("api_key_env", "");
        if (name.isEmpty()) {
            return "";
        }
        if (!name.matches(KEY_NAME)) {
            endpoint.problem("api_key_env", "must be the name of an environment variable that ends in API_KEY");
        } else if (environment.getOrDefault(name, "").isBlank()) {
            endpoint.problem("api_key_env", "the environment has no " + name + "; set it, or leave the field out");
        }
        return environment.getOrDefault(name, "").strip();
    }

    private static Backoff backoff(Fields endpoint) {
        Duration first = endpoint.duration("backoff", Duration.ofSeconds(1));
        Duration longest = endpoint.duration("longest_backoff", Duration.ofSeconds(30));
        if (longest.compareTo(first) < 0) {
            endpoint.problem("longest_backoff", "is shorter than backoff; raise it");
            longest = first;
        }
        return new Backoff(endpoint.whole("max_retries", 4, 0, 1000), first, longest);
    }

    private EndpointNames names(Fields endpoint) {
        return new EndpointNames(
                "the endpoint of " + endpoint.at("model").replace(".endpoint.model", ""),
                part -> endpoint.at(part.equals("api-key") ? "api_key_env" : part.replace('-', '_')),
                "set the variable that " + endpoint.at("api_key_env") + " names",
                fields.at("temperature"),
                fields.at("max_new_tokens"));
    }

    Path path(String key, String what) {
        return folders.resolve(fields, key, fields.requiredText(key, what));
    }
}
