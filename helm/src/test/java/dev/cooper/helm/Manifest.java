package dev.cooper.helm;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.util.ModelMapper;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** One Kubernetes object as the chart renders it. */
record Manifest(JsonNode body) {

    static List<Manifest> readAll(String yaml) {
        return YamlText.documents(yaml).stream()
                .filter(JsonNode::isObject)
                .map(Manifest::new)
                .toList();
    }

    String kind() {
        return body.path("kind").asString();
    }

    String name() {
        return body.at("/metadata/name").asString();
    }

    /**
     * Checks the object against the types of the Kubernetes API, as generated from its OpenAPI description, or against
     * what is known of an operator's kind.
     *
     * @throws IllegalArgumentException naming an unknown or missing field
     */
    void requireValid() {
        CustomResource.of(body.path("apiVersion").asString() + " " + kind())
                .ifPresentOrElse(custom -> custom.requireValid(body), this::requireKubernetesOwn);
    }

    private void requireKubernetesOwn() {
        String[] version = body.path("apiVersion").asString().split("/", 2);
        Class<?> type = version.length == 2
                ? ModelMapper.getApiTypeClass(version[0], version[1], kind())
                : ModelMapper.getApiTypeClass("", version[0], kind());
        if (type == null) {
            throw new IllegalArgumentException("no such kind: " + body.path("apiVersion") + " " + kind());
        }
        try {
            type.getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, JsonParser.parseString(body.toString()));
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    this + ": " + e.getTargetException().getMessage(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " does not validate", e);
        }
    }

    /** The pod template of a Deployment or StatefulSet. */
    Optional<JsonNode> podTemplate() {
        return switch (kind()) {
            case "Deployment", "StatefulSet" -> Optional.of(body.at("/spec/template"));
            default -> Optional.empty();
        };
    }

    /** Its only container. */
    JsonNode container() {
        JsonNode containers = podTemplate().orElseThrow().at("/spec/containers");
        if (containers.size() != 1) {
            throw new IllegalStateException(this + " has " + containers.size() + " containers");
        }
        return containers.get(0);
    }

    String component() {
        return body.at("/metadata/labels").path("app.kubernetes.io/component").asString();
    }

    boolean runsOurImage() {
        return podTemplate().isPresent() && imageName().startsWith("cooper-");
    }

    /** The image without registry and tag. */
    String imageName() {
        String image = container().path("image").asString();
        return image.substring(image.lastIndexOf('/') + 1, image.lastIndexOf(':'));
    }

    /** What the container sees: of its ConfigMaps, overridden by its own; a reference is shown as its JSON. */
    Map<String, String> environment(List<Manifest> all) {
        Map<String, String> environment = new TreeMap<>();
        for (JsonNode source : container().path("envFrom")) {
            String name = source.at("/configMapRef/name").asString();
            one(all, "ConfigMap", name)
                    .body()
                    .path("data")
                    .properties()
                    .forEach(entry ->
                            environment.put(entry.getKey(), entry.getValue().asString()));
        }
        for (JsonNode variable : container().path("env")) {
            JsonNode value = variable.has("value") ? variable.path("value") : variable.path("valueFrom");
            environment.put(variable.path("name").asString(), value.isString() ? value.asString() : value.toString());
        }
        return environment;
    }

    /** Files with secrets in the container, each with the Secret and the key that it is from, as {@code secret/key}. */
    Map<String, String> secretFiles() {
        Map<String, String> files = new TreeMap<>();
        for (JsonNode mount : container().path("volumeMounts")) {
            JsonNode volume = volume(mount.path("name").asString());
            addSecretFiles(volume.path("secret"), "secretName", mount, files);
            volume.at("/projected/sources")
                    .forEach(source -> addSecretFiles(source.path("secret"), "name", mount, files));
        }
        return files;
    }

    private JsonNode volume(String name) {
        return podTemplate()
                .orElseThrow()
                .at("/spec/volumes")
                .valueStream()
                .filter(volume -> volume.path("name").asString().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** A Secret that is mounted whole is a TLS secret. */
    private static void addSecretFiles(JsonNode secret, String nameField, JsonNode mount, Map<String, String> files) {
        if (secret.isMissingNode()) {
            return;
        }
        String folder = mount.path("mountPath").asString() + "/";
        String from = secret.path(nameField).asString() + "/";
        if (secret.has("items")) {
            secret.path("items")
                    .forEach(item -> files.put(
                            folder + item.path("path").asString(),
                            from + item.path("key").asString()));
        } else {
            List.of("ca.crt", "tls.crt", "tls.key").forEach(key -> files.put(folder + key, from + key));
        }
    }

    static Manifest one(List<Manifest> all, String kind, String name) {
        return all.stream()
                .filter(manifest ->
                        manifest.kind().equals(kind) && manifest.name().equals(name))
                .reduce((first, second) -> {
                    throw new IllegalStateException("two of " + first);
                })
                .orElseThrow(() -> new IllegalArgumentException("no " + kind + " " + name));
    }

    @Override
    public String toString() {
        return kind() + "/" + name();
    }
}
