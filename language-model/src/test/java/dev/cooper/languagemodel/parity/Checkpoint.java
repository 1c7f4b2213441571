package dev.cooper.languagemodel.parity;

import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A small random model that transformers saved, and what transformers computes with it. */
record Checkpoint(Path folder, JsonNode expected, ExpectedTensors tensors) {
    static Checkpoint of(String name) throws IOException {
        Path folder = Fixtures.folder("checkpoints/" + name);
        return new Checkpoint(
                folder,
                Fixtures.json(folder.resolve("expected.json")),
                new ExpectedTensors(folder.resolve("expected.safetensors")));
    }

    List<ScoredSequence> sequences() {
        return stream(expected.required("sequences"))
                .map(json -> new ScoredSequence(
                        tokens(json.required("tokens")), json.required("from").asInt()))
                .toList();
    }

    double number(String name) {
        return expected.required(name).asDouble();
    }

    static TokenIds tokens(JsonNode ids) {
        return TokenIds.of(stream(ids).mapToInt(JsonNode::asInt).toArray());
    }

    static double[] numbers(JsonNode json) {
        return stream(json).mapToDouble(JsonNode::asDouble).toArray();
    }

    static Map<String, Double> numbersByName(JsonNode json) {
        return json.propertyStream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asDouble()));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Copies the model's own files and adds a tokenizer: one like the real ones where the vocabulary has room. */
    Path withTokenizer(Path target) throws IOException {
        int vocabulary = Fixtures.json(folder.resolve("config.json"))
                .required("vocab_size")
                .asInt();
        if (vocabulary > 1000) {
            String style = folder.endsWith("qwen2-tied") ? "qwen-style" : "llama-style";
            copy(Fixtures.folder("tokenizers/" + style), target, "strings");
        } else {
            TestingModels.tokenizer(target, vocabulary).close();
        }
        copy(folder, target, "expected");
        return target;
    }

    private static void copy(Path source, Path target, String except) throws IOException {
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().startsWith(except)) {
                    Files.copy(file, target.resolve(file.getFileName()));
                }
            }
        }
    }
}
