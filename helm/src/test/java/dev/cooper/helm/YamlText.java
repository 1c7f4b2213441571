package dev.cooper.helm;

import java.util.List;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** YAML 1.1 with anchors and merge keys, as Kubernetes and Compose read it. */
final class YamlText {

    private static final JsonMapper JSON = new JsonMapper();

    /** @throws org.yaml.snakeyaml.error.YAMLException if the text is not YAML, or names a key twice */
    static List<JsonNode> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Iterable<Object> documents = new Yaml(new SafeConstructor(options)).loadAll(text);
        return StreamSupport.stream(documents.spliterator(), false)
                .<JsonNode>map(JSON::valueToTree)
                .toList();
    }

    private YamlText() {}
}
