package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.file.FileTree;
import dev.cooper.orchestrator.file.RunStorage;
import dev.cooper.orchestrator.models.ModelFolder;
import dev.cooper.orchestrator.models.StoredModels;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpecJson;
import dev.cooper.orchestrator.spec.RunSpecReader;
import dev.cooper.orchestrator.spec.UnusedFields;
import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * New runs that begin with the models that another run had after a step. The models are kept under {@code forks/{new
 * run}} of the storage root for as long as the new run is there, whatever becomes of the other one.
 */
public final class Forks {

    private final RunDesk runs;
    private final ModelDesk desk;
    private final StoredModels models;
    private final RunSpecReader specs;
    private final RunStorage storage;

    public Forks(RunDesk runs, ModelDesk desk, StoredModels models, RunSpecReader specs, RunStorage storage) {
        this.runs = runs;
        this.desk = desk;
        this.models = models;
        this.specs = specs;
        this.storage = storage;
    }

    /**
     * A run with the specification of another one, but for what {@code changes} says: fields in it take the place of
     * the other's, and null takes a field away.
     */
    Run fork(String runId, long step, ObjectNode changes) {
        Run source = runs.run(runId);
        refuseModels(source, changes);
        String name = changes.path("name").asString(source.spec().name() + " from step " + step);
        String id = runs.newId(name);
        ObjectNode spec = RunSpecJson.write(source.spec());
        forget(spec, changes);
        merge(spec, changes);
        spec.put("name", name);
        Path own = storage.folder(RunStorage.FORKS, id);
        try {
            take(source, step, ModelKind.POLICY, own, spec);
            if (spec.path("reward").isObject() && source.spec().reward().isPresent()) {
                take(source, step, ModelKind.REWARD, own, spec);
            }
            RunSpec forked = specs.read(spec);
            return runs.create(id, forked, Map.of("forked_from", Map.of("run_id", runId, "step", step)));
        } catch (RuntimeException e) {
            clear(own, e);
            throw e;
        }
    }

    private static void refuseModels(Run source, ObjectNode changes) {
        boolean reward =
                source.spec().reward().isPresent() && changes.path("reward").has("model");
        if (changes.has("policy") || reward) {
            String field = changes.has("policy") ? "policy" : "reward.model";
            throw new BadInputException(List.of(new FieldProblem(
                    field, "a fork begins with the models of its run; create a new run to begin with others")));
        }
    }

    /** What the changes make meaningless. */
    private static void forget(ObjectNode spec, ObjectNode changes) {
        UnusedFields.remove(spec, changes.path("mode").asString(""));
        for (String source : List.of("train", "heldout")) {
            if (changes.path("data").path(source).has("path") && spec.path("data") instanceof ObjectNode data) {
                // Columns and checksum are of the other file.
                data.remove(source);
            }
        }
        for (String labelled : List.of("/reward/probe", "/reward/training/anchor")) {
            if (changes.at(labelled).has("path") && spec.at(labelled) instanceof ObjectNode file) {
                file.remove("sha256");
            }
        }
    }

    private static void merge(ObjectNode target, ObjectNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
            } else if (change.getValue() instanceof ObjectNode nested
                    && target.path(change.getKey()) instanceof ObjectNode known) {
                merge(known, nested);
            } else {
                target.set(change.getKey(), change.getValue());
            }
        }
    }

    private void take(Run source, long step, ModelKind kind, Path own, ObjectNode spec) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        ModelRef version = desk.version(source, step, kind);
        Path copy = own.resolve(name);
        models.copy(
                source.id(),
                kind,
                version,
                "fork-" + own.getFileName(),
                new ModelFolder(copy, source.id(), step, true));
        if (spec.path(name) instanceof ObjectNode model) {
            model.put("model", copy.toString());
            model.put("checksum", version.getChecksum());
        }
    }

    private static void clear(Path own, RuntimeException failure) {
        try {
            FileTree.delete(own);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
