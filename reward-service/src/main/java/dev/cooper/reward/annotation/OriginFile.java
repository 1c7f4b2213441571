package dev.cooper.reward.annotation;

import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.reward.annotation.AnnotationSpec.Judge;
import dev.cooper.reward.annotation.AnnotationSpec.Source;
import dev.cooper.reward.annotation.ModelChoice.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the labels of a folder were made by: data, seed, prompts, settings and checksums of weights. A folder takes more
 * problems, samples and sources, but never labels of another making under the same names.
 */
final class OriginFile {

    static final String NAME = "annotation.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String SOURCES = "sources";
    private static final String CHECKSUMS = "checksums";

    private final Path file;
    private final ObjectNode content;

    private OriginFile(Path file, ObjectNode content) {
        this.file = file;
        this.content = content;
    }

    /**
     * Writes the folder's file, or compares it with the one that is there.
     *
     * @throws CooperException BAD_INPUT naming what is not as it was
     */
    static OriginFile open(Path folder, AnnotationSpec spec) throws IOException {
        Path file = folder.resolve(NAME);
        ObjectNode wanted = describe(spec);
        if (!Files.exists(file)) {
            return new OriginFile(file, wanted).written();
        }
        ObjectNode there = read(file);
        for (String part : List.of("data", "seed", "judge")) {
            requireSame(file, part, there.path(part), wanted.path(part));
        }
        ObjectNode sources = (ObjectNode) wanted.path(SOURCES);
        there.path(SOURCES).properties().forEach(source -> {
            if (sources.has(source.getKey())) {
                requireSame(file, SOURCES + "." + source.getKey(), source.getValue(), sources.path(source.getKey()));
            } else {
                sources.set(source.getKey(), source.getValue());
            }
        });
        wanted.set(CHECKSUMS, there.path(CHECKSUMS));
        return new OriginFile(file, wanted).written();
    }

    /**
     * Notes the weights of a model, or compares them with those that it had before.
     *
     * @param role such as {@code judge} or {@code sources.tiny}
     */
    void requireWeights(String role, String checksum) {
        ObjectNode checksums = (ObjectNode) content.path(CHECKSUMS);
        if (checksums.has(role)) {
            String before = checksums.path(role).asString();
            if (!before.equals(checksum)) {
                throw other(file, role, "weights " + before, "weights " + checksum);
            }
        } else {
            checksums.put(role, checksum);
            written();
        }
    }

    private OriginFile written() {
        DurableFiles.writeText(file, JSON.writeValueAsString(content));
        return this;
    }

    private static ObjectNode read(Path file) throws IOException {
        try {
            if (JSON.readTree(Files.readString(file)) instanceof ObjectNode object
                    && object.path(CHECKSUMS).isObject()) {
                return object;
            }
        } catch (JacksonException e) {
            throw CooperException.badInput(
                    "out", file + " is not JSON: " + e.getOriginalMessage() + "; give another folder");
        }
        throw CooperException.badInput("out", file + " is not of an annotation; give another folder");
    }

    private static void requireSame(Path file, String part, JsonNode there, JsonNode wanted) {
        // Written once more, so that 1 and 1.0 are the same on both sides.
        if (!JSON.readTree(JSON.writeValueAsString(wanted)).equals(there)) {
            throw other(file, part, there.toString(), wanted.toString());
        }
    }

    private static CooperException other(Path file, String part, String was, String is) {
        return CooperException.badInput(
                "out",
                file.getParent() + " holds labels made by another " + part + ": it was " + was + " and is now " + is
                        + "; bring that back, or give another folder");
    }

    private static ObjectNode describe(AnnotationSpec spec) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("problems", spec.data().path().toString());
        root.putObject("data")
                .put("sha256", spec.data().sha256())
                .set("columns", JSON.valueToTree(spec.data().columns()));
        root.put("seed", spec.seed());
        ObjectNode sources = root.putObject(SOURCES);
        spec.sources().forEach(source -> sources.set(source.name(), describe(source)));
        root.set("judge", describe(spec.judge()));
        root.putObject(CHECKSUMS);
        return root;
    }

    private static ObjectNode describe(Source source) {
        return describe(source.model(), source.prompt(), source.sampling());
    }

    private static ObjectNode describe(Judge judge) {
        ObjectNode node = describe(judge.model(), judge.prompt(), judge.sampling());
        node.set("reading", JSON.valueToTree(judge.reading()));
        return node;
    }

    private static ObjectNode describe(ModelChoice model, PromptTemplate prompt, SamplingSettings sampling) {
        ObjectNode node = JSON.createObjectNode().put("model", model.model());
        if (model instanceof Checkpoint checkpoint) {
            node.put("chat", checkpoint.chat()).put("dtype", checkpoint.dtype().name());
        }
        return node.put("prompt", prompt.text())
                .put("prompt_sha256", prompt.sha256())
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("max_new_tokens", sampling.maxNewTokens());
    }
}
