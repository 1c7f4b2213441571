package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.modelruntime.trainer.Checkpoint.Answer;
import dev.cooper.modelruntime.trainer.CheckpointStore.TrainerDescription;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import dev.cooper.proto.v1.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run's model in the hands of a trainer: loaded, brought from version to version, stored. Used by the trainer's one
 * thread. A session whose update failed half way is to be closed and opened again.
 */
final class TrainerSession implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TrainerSession.class);

    private final AttachRequest attached;
    private final ModelKind kind;
    private final TrainerPorts ports;
    private final TrainableModel model;
    private final String initialChecksum;
    private ModelRef version;
    private long checkpoint;
    private @Nullable Answer lastAnswer;

    private TrainerSession(AttachRequest attached, ModelKind kind, TrainerPorts ports, Start start) {
        this.attached = attached;
        this.kind = kind;
        this.ports = ports;
        this.model = start.model();
        this.initialChecksum = start.initialChecksum();
        this.version = start.version();
        this.checkpoint = start.version().getNumber();
        this.lastAnswer = start.lastAnswer();
    }

    private record Start(
            TrainableModel model,
            String initialChecksum,
            ModelRef version,
            @Nullable Answer lastAnswer) {}

    /**
     * Loads the newest intact checkpoint, or the initial model, which it publishes as version 0.
     *
     * @throws CooperException BAD_INPUT if the initial model is not there, does not fit or is not the one that the run
     *     began with
     */
    static TrainerSession open(AttachRequest request, ModelKind kind, TrainerPorts ports) {
        Start start = fromCheckpoint(request, kind, ports).orElseGet(() -> fromInitialModel(request, kind, ports));
        return new TrainerSession(request, kind, ports, start);
    }

    private static Optional<Start> fromCheckpoint(AttachRequest request, ModelKind kind, TrainerPorts ports) {
        Optional<Checkpoint> newest = ports.checkpoints().newestIntact(request.getRunId(), kind);
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint checkpoint = newest.get();
        requireInitialChecksum(request, checkpoint.initialChecksum(), "checkpoint " + checkpoint.folder());
        ModelRef initial = initialVersion(checkpoint.initialChecksum());
        Path reference = ports.weights().open(request.getRunId(), kind, initial);
        TrainableModel model = ports.models().resume(checkpoint.folder(), reference, request.getSettings());
        try {
            requireCheckpointsOwn(checkpoint, model.checksum());
            // Samplers wait for it, and the store may have lost it with the disk's last writes.
            ports.weights().publish(request.getRunId(), kind, checkpoint.version(), model::save);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
        log.info("run {} goes on from checkpoint {}", request.getRunId(), checkpoint.folder());
        return Optional.of(
                new Start(model, checkpoint.initialChecksum(), checkpoint.version(), checkpoint.lastAnswer()));
    }

    private static void requireCheckpointsOwn(Checkpoint checkpoint, String found) {
        if (!found.equals(checkpoint.version().getChecksum())) {
            throw new CooperException(
                    FailureReason.MODEL_FAULT,
                    "checkpoint " + checkpoint.folder() + " loads with checksum " + found + ", but was written as "
                            + checkpoint.version().getChecksum()
                            + ": it was made by another build; remove it to start from the one before it");
        }
    }

    private static Start fromInitialModel(AttachRequest request, ModelKind kind, TrainerPorts ports) {
        TrainableModel model = ports.models().initial(Path.of(request.getInitialModel()), request.getSettings());
        try {
            String checksum = model.checksum();
            requireInitialChecksum(request, checksum, "initial model " + request.getInitialModel());
            ModelRef version = initialVersion(checksum);
            ports.weights().publish(request.getRunId(), kind, version, model::save);
            return new Start(model, checksum, version, null);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static void requireInitialChecksum(AttachRequest request, String found, String where) {
        String expected = request.getInitialChecksum();
        if (!expected.isEmpty() && !expected.equals(found)) {
            throw CooperException.badInput(
                    "initial_model",
                    "the run began with an initial model of checksum " + expected + ", but " + where + " has " + found
                            + ": put the original files back or create a new run");
        }
    }

    private static ModelRef initialVersion(String checksum) {
        return ModelRef.newBuilder().setNumber(0).setChecksum(checksum).build();
    }

    /** Whether an attach like this one would load the same again. */
    boolean serves(AttachRequest request) {
        return attached.getRunId().equals(request.getRunId())
                && attached.getInitialModel().equals(request.getInitialModel())
                && attached.getSettings().equals(request.getSettings())
                && (request.getInitialChecksum().isEmpty()
                        || request.getInitialChecksum().equals(initialChecksum));
    }

    AttachRequest attached() {
        return attached;
    }

    ModelRef version() {
        return version;
    }

    /** Version that a restart would begin from. */
    long checkpoint() {
        return checkpoint;
    }

    String initialChecksum() {
        return initialChecksum;
    }

    long parameters() {
        return model.parameters();
    }

    /** The answer given before to the same request, if the version that it made is the current one. */
    Optional<TrainResult> answered(TrainRequest request) {
        if (lastAnswer == null
                || !lastAnswer.base().equals(request.getBase())
                || !lastAnswer.result().getVersion().equals(version)
                || !lastAnswer.manifestSha256().equals(sha256(request))) {
            return Optional.empty();
        }
        requireExpected(request, version.getChecksum());
        return Optional.of(lastAnswer.result());
    }

    /**
     * Reads the batch and prepares the update; the model stays as it is.
     *
     * @throws PreconditionException with the version held, if the request starts from another one
     */
    Update prepare(TrainRequest request) {
        if (!request.getBase().equals(version)) {
            throw PreconditionException.wrongVersion(version, request.getBase());
        }
        Instant started = ports.clock().instant();
        List<LogRecord> records = ManifestRecords.read(request, kind, ports.manifests());
        PreparedUpdate prepared = model.prepare(request.getStep(), records);
        return new Update(request, prepared, started, ports.clock().instant());
    }

    /** An update that was read and not yet made. */
    record Update(TrainRequest request, PreparedUpdate prepared, Instant started, Instant read) {}

    /** A batch that teaches nothing: the version stays. */
    TrainResult skip(Update update) {
        return remember(update, result(update, version, false, new HashMap<>()));
    }

    /** Changes the model, publishes the version, and writes a checkpoint when one is due. */
    TrainResult apply(Update update) {
        Map<String, Double> metrics = new HashMap<>(update.prepared().apply());
        String checksum = model.checksum();
        requireExpected(update.request(), checksum);
        Instant trained = ports.clock().instant();
        ModelRef next = ModelRef.newBuilder()
                .setNumber(version.getNumber() + 1)
                .setIncarnation(version.getIncarnation())
                .setChecksum(checksum)
                .build();
        ports.weights().publish(attached.getRunId(), kind, next, model::save);
        ports.weights().prune(attached.getRunId(), kind, keepVersions(), Set.of(next.getNumber()));
        metrics.put("seconds_training", seconds(update.read(), trained));
        metrics.put("seconds_publishing", seconds(trained, ports.clock().instant()));
        TrainResult result = result(update, next, true, metrics);
        if (next.getNumber() - checkpoint >= checkpointEvery()) {
            saveCheckpoint(update.request(), new Answer(version, sha256(update.request()), result));
        }
        return remember(update, result);
    }

    private void saveCheckpoint(TrainRequest request, Answer answer) {
        TrainerDescription description =
                new TrainerDescription(initialChecksum, request.getStep(), attached.getSettings());
        ports.checkpoints().save(attached.getRunId(), kind, answer, description, model);
        ports.checkpoints().prune(attached.getRunId(), kind);
        checkpoint = answer.result().getVersion().getNumber();
    }

    private TrainResult remember(Update update, TrainResult result) {
        lastAnswer = new Answer(update.request().getBase(), sha256(update.request()), result);
        version = result.getVersion();
        return result;
    }

    private TrainResult result(Update update, ModelRef made, boolean updated, Map<String, Double> metrics) {
        return TrainResult.newBuilder()
                .setVersion(made)
                .setLocation(ports.weights().location(attached.getRunId(), kind, made))
                .setBatchSha256(update.prepared().batchSha256())
                .setUpdated(updated)
                .putAllMetrics(update.prepared().metrics())
                .putAllMetrics(metrics)
                .putMetrics("seconds_reading", seconds(update.started(), update.read()))
                .setStartedAtMs(update.started().toEpochMilli())
                .setFinishedAtMs(ports.clock().millis())
                .build();
    }

    private static void requireExpected(TrainRequest request, String found) {
        String expected = request.getExpectedChecksum();
        if (!expected.isEmpty() && !expected.equals(found)) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "step " + request.getStep() + " trained again gives checksum " + found + ", but was recorded with "
                            + expected + ": the replay is not exact (another image, instruction set or number of"
                            + " threads?)");
        }
    }

    private int checkpointEvery() {
        TrainingSettings settings = attached.getSettings();
        return Math.max(1, settings.getCheckpointEvery());
    }

    private int keepVersions() {
        TrainingSettings settings = attached.getSettings();
        return settings.getKeepVersions() == 0 ? 2 : settings.getKeepVersions();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static String sha256(TrainRequest request) {
        return DurableFiles.sha256(request.getManifest().toByteArray());
    }

    @Override
    public void close() {
        model.close();
    }
}
