package dev.cooper.orchestrator.preflight;

import dev.cooper.orchestrator.models.TensorIndex;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks into a model's files for what its services could not work with, and into their sizes. Reads no weights: the
 * trainer, which does, may still refuse them.
 */
final class ModelInspection {

    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "score.weight";

    private final String field;
    private final Path folder;
    private final List<FieldProblem> problems;

    /** @param field of the specification that names the model; problems are noted under it */
    ModelInspection(String field, Path folder, List<FieldProblem> problems) {
        this.field = field;
        this.folder = folder;
        this.problems = problems;
    }

    /** A model that continues texts; empty when it has a problem that makes its sizes unknown. */
    Optional<ModelFacts> policy() {
        return inspect(shapes -> {
            if (shapes.containsKey(HEAD)) {
                problem("has a head that scores (" + HEAD + "): it is a reward model; give one that continues texts");
            }
        });
    }

    /** A model with a head of one label. */
    Optional<ModelFacts> reward() {
        return inspect(shapes -> {
            List<Long> head = shapes.get(HEAD);
            if (head == null) {
                problem("has no head (" + HEAD + "): give a reward model, such as Qwen2ForSequenceClassification with"
                        + " one label");
            } else if (head.size() != 2 || head.getFirst() != 1) {
                problem("has a head of " + head.getFirst() + " labels; a reward model has one");
            }
        });
    }

    private interface Head {
        void check(Map<String, List<Long>> shapes);
    }

    private Optional<ModelFacts> inspect(Head head) {
        Optional<JsonNode> config = json("config.json");
        Optional<JsonNode> tokenizer = json("tokenizer.json");
        Optional<Map<String, List<Long>>> shapes = shapes();
        if (config.isEmpty() || shapes.isEmpty()) {
            return Optional.empty();
        }
        head.check(shapes.get());
        Optional<ModelFacts> facts = facts(config.get(), shapes.get());
        if (facts.isPresent()) {
            checkEmbedding(facts.get(), shapes.get());
            tokenizer.ifPresent(tokens -> checkTokenizer(facts.get(), tokens));
        }
        return facts;
    }

    private Optional<ModelFacts> facts(JsonNode config, Map<String, List<Long>> shapes) {
        for (String name :
                List.of("vocab_size", "hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads")) {
            JsonNode value = config.path(name);
            if (!value.isIntegralNumber() || value.longValue() < 1 || value.longValue() > Integer.MAX_VALUE) {
                problem("has a config.json whose " + name + " is " + (value.isMissingNode() ? "missing" : value)
                        + "; it must be a whole number above 0");
                return Optional.empty();
            }
        }
        int hidden = config.path("hidden_size").intValue();
        int heads = config.path("num_attention_heads").intValue();
        int keyValueHeads = config.path("num_key_value_heads").asInt(heads);
        int headSize = config.path("head_dim").asInt(hidden / heads);
        long parameters = shapes.values().stream()
                .mapToLong(shape -> shape.stream().reduce(1L, Math::multiplyExact))
                .sum();
        return Optional.of(new ModelFacts(
                parameters,
                config.path("num_hidden_layers").intValue(),
                hidden,
                config.path("intermediate_size").intValue(),
                config.path("vocab_size").intValue(),
                config.path("max_position_embeddings").asInt(0),
                2 * keyValueHeads * headSize));
    }

    private void checkEmbedding(ModelFacts facts, Map<String, List<Long>> shapes) {
        List<Long> embedding = shapes.get(EMBEDDING);
        List<Long> expected = List.of((long) facts.vocabulary(), (long) facts.hidden());
        if (embedding != null && !embedding.equals(expected)) {
            problem("has an " + EMBEDDING + " of shape " + embedding + ", but config.json says " + expected
                    + " (vocab_size, hidden_size): weights and config are of different models");
        }
    }

    private void checkTokenizer(ModelFacts facts, JsonNode tokenizer) {
        long highest = -1;
        for (JsonNode id : tokenizer.path("model").path("vocab")) {
            highest = Math.max(highest, id.isIntegralNumber() ? id.longValue() : -1);
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            highest = Math.max(highest, added.path("id").asLong(-1));
        }
        if (highest >= facts.vocabulary()) {
            problem("has a tokenizer.json with token ids up to " + highest + ", but config.json's vocab_size is "
                    + facts.vocabulary() + ": tokenizer and model are of different models");
        }
    }

    private Optional<JsonNode> json(String name) {
        try {
            JsonNode node = JsonMapper.shared().readTree(Files.readString(folder.resolve(name)));
            if (node.isObject()) {
                return Optional.of(node);
            }
            problem("has a " + name + " that is no JSON object");
        } catch (IOException e) {
            problem("has a " + name + " that cannot be read: " + e);
        } catch (JacksonException e) {
            problem("has a " + name + " that is no JSON: " + e.getOriginalMessage());
        }
        return Optional.empty();
    }

    private Optional<Map<String, List<Long>>> shapes() {
        Map<String, List<Long>> shapes = new HashMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList()) {
                try {
                    TensorIndex.of(file).tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
                } catch (IOException e) {
                    problem("has a " + file.getFileName() + " that " + e.getMessage());
                    return Optional.empty();
                }
            }
        } catch (IOException e) {
            problem("cannot be listed: " + e);
            return Optional.empty();
        }
        return Optional.of(shapes);
    }

    private void problem(String what) {
        problems.add(new FieldProblem(field, "the folder " + folder + " " + what));
    }
}
