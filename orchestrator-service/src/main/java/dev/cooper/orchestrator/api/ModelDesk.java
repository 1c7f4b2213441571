package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.models.ModelFolder;
import dev.cooper.orchestrator.models.StoredModel;
import dev.cooper.orchestrator.models.StoredModels;
import dev.cooper.orchestrator.run.ModelUpdate;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.NotFoundException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.spec.FileRoots;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The models of runs: which version a step made, and where it can be had. Knows nothing of HTTP. */
public final class ModelDesk {

    private final RunDesk runs;
    private final StoredModels models;
    private final Path filesRoot;
    private final FileRoots roots;

    /**
     * @param filesRoot folder that relative paths start from
     * @param roots where models may be copied to
     */
    public ModelDesk(RunDesk runs, StoredModels models, Path filesRoot, FileRoots roots) {
        this.runs = runs;
        this.models = models;
        this.filesRoot = filesRoot.toAbsolutePath().normalize();
        this.roots = roots;
    }

    ModelView show(String runId, long step, ModelKind kind) {
        ModelRef version = version(runs.run(runId), step, kind);
        return ModelView.of(runId, step, kind, version, models.find(runId, kind, version));
    }

    /**
     * The version that a model had after a step.
     *
     * @throws PreconditionException when the step has not come to it yet
     */
    ModelRef version(Run run, long number, ModelKind kind) {
        Step step = runs.step(run, number);
        ModelUpdate update = kind == ModelKind.POLICY
                ? step.policy()
                : step.reward()
                        .orElseThrow(() ->
                                new NotFoundException("run " + run.id() + " has no reward model: its mode is rule"));
        return update.after()
                .orElseThrow(() -> new PreconditionException("step " + number + " of run " + run.id() + " is in state "
                        + step.state() + " and has not trained its "
                        + kind.name().toLowerCase(Locale.ROOT)
                        + " model yet; its version before is that of step " + (number - 1)));
    }

    /** The versions that a run has made of a model, in their order. */
    List<MadeVersion> versions(String runId, ModelKind kind) {
        return history(runId, kind).stream().map(row -> made(runId, kind, row)).toList();
    }

    /** @param distance whether to read both versions' weights, too */
    VersionComparison compare(String runId, ModelKind kind, long first, long second, boolean distance) {
        MadeVersion.Row a = row(runId, kind, first);
        MadeVersion.Row b = row(runId, kind, second);
        Map<String, Double> difference = new TreeMap<>();
        b.metrics().forEach((name, value) -> {
            Double before = a.metrics().get(name);
            if (before != null) {
                difference.put(name, value - before);
            }
        });
        return new VersionComparison(
                made(runId, kind, a),
                made(runId, kind, b),
                difference,
                distance ? models.distance(runId, kind, a.version(), b.version()) : null);
    }

    /** Keeps a version's weights, or lets them go. */
    MadeVersion pin(String runId, ModelKind kind, long number, boolean pinned) {
        MadeVersion.Row row = row(runId, kind, number);
        if (pinned) {
            models.hold(runId, kind, row.version());
        } else {
            models.release(runId, kind, number);
        }
        return made(runId, kind, row);
    }

    private MadeVersion made(String runId, ModelKind kind, MadeVersion.Row row) {
        return MadeVersion.of(
                row,
                models.find(runId, kind, row.version()),
                models.isHeld(runId, kind, row.version().getNumber()));
    }

    private MadeVersion.Row row(String runId, ModelKind kind, long number) {
        return history(runId, kind).stream()
                .filter(row -> row.version().getNumber() == number)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new NotFoundException("run " + runId + " has made no version " + number + " of its "
                        + kind.name().toLowerCase(Locale.ROOT) + " model"));
    }

    private List<MadeVersion.Row> history(String runId, ModelKind kind) {
        runs.run(runId);
        return VersionHistory.of(runs.steps(runId, 0), kind);
    }

    /** Copies a step's model into a folder that is not there, or is empty. */
    ModelView export(String runId, long step, ModelKind kind, String path) {
        ModelRef version = version(runs.run(runId), step, kind);
        Path folder = resolve(path);
        StoredModel stored =
                models.copy(runId, kind, version, "export-" + step, new ModelFolder(folder, runId, step, false));
        StoredModel exported = new StoredModel(version, stored.place(), folder, stored.bytes());
        return ModelView.of(runId, step, kind, version, Optional.of(exported));
    }

    private Path resolve(String path) {
        try {
            Path folder = filesRoot.resolve(path).normalize();
            roots.refusal(folder).ifPresent(why -> {
                throw CooperException.badInput("path", why);
            });
            return folder;
        } catch (InvalidPathException e) {
            throw CooperException.badInput("path", "is no path: " + e.getMessage());
        }
    }
}
