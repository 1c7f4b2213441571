package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.modelruntime.trainer.Checkpoint.Answer;
import dev.cooper.modelruntime.trainer.CheckpointStore.TrainerDescription;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.AdoptRequest;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainRequest;
import dev.cooper.proto.v1.TrainResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run's model in the hands of a trainer: loaded, brought from version to version, stored. Used by the trainer's one
 * thread. A session whose update failed half way is to be closed and opened again.
 */
final class TrainerSession implements AutoCloseable {

    /** Weights and two moments, if no checkpoint tells how large one is. */
    private static final int CHECKPOINT_IN_WEIGHTS = 3;

    /** Adopting reads no manifest. */
    private static final String NO_MANIFEST = "";

    private final ModelKind kind;
    private final TrainerPorts ports;
    private final TrainableModel model;
    private final String initialChecksum;
    private final List<String> warnings;
    private final Map<String, Double> initialMetrics;
    private AttachRequest attached;
    private ModelRef version;
    private long checkpoint;
    private Instant checkpointAt;
    private @Nullable Answer lastAnswer;

    private TrainerSession(
            AttachRequest attached,
            ModelKind kind,
            TrainerPorts ports,
            SessionStart start,
            Map<String, Double> initialMetrics) {
        this.attached = attached;
        this.kind = kind;
        this.ports = ports;
        this.model = start.model();
        this.initialChecksum = start.initialChecksum();
        this.version = start.version();
        this.checkpoint = start.version().getNumber();
        this.checkpointAt = start.lastAnswer() == null
                ? ports.clock().instant()
                : Instant.ofEpochMilli(start.lastAnswer().result().getFinishedAtMs());
        this.lastAnswer = start.lastAnswer();
        this.warnings = ports.checkpoints().damaged(attached.getRunId(), kind);
        this.initialMetrics = Map.copyOf(initialMetrics);
    }

    /** @throws CooperException as {@link SessionStart#load} */
    static TrainerSession open(AttachRequest request, ModelKind kind, TrainerPorts ports) {
        SessionStart start = SessionStart.load(request, kind, ports);
        boolean opened = false;
        try {
            Map<String, Double> measured =
                    start.version().getNumber() == 0 ? start.model().measure() : Map.of();
            TrainerSession session = new TrainerSession(request, kind, ports, start, measured);
            opened = true;
            return session;
        } finally {
            if (!opened) {
                start.model().close();
            }
        }
    }

    /** Whether an attach like this one would load the same again, or something older of the same past. */
    boolean serves(AttachRequest request) {
        return attached.getRunId().equals(request.getRunId())
                && attached.getInitialModel().equals(request.getInitialModel())
                && attached.getSettings().equals(request.getSettings())
                && (request.getInitialChecksum().isEmpty()
                        || request.getInitialChecksum().equals(initialChecksum))
                && (request.hasNewestAllowed()
                        ? version.getNumber() <= request.getNewestAllowed()
                        : !attached.hasNewestAllowed());
    }

    /** What to attach with after an update that failed. */
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

    /** When that version was made; of an initial model when it was loaded. */
    Instant checkpointAt() {
        return checkpointAt;
    }

    String initialChecksum() {
        return initialChecksum;
    }

    /** What version 0 was measured at, while it is the one held. */
    Map<String, Double> metrics() {
        return version.getNumber() == 0 ? initialMetrics : Map.of();
    }

    /** Damaged checkpoints that were passed over. */
    List<String> warnings() {
        return warnings;
    }

    long parameters() {
        return model.parameters();
    }

    /** The answer given before to the same request, if the version that it made is the current one. */
    Optional<TrainResult> answered(TrainRequest request) {
        Optional<TrainResult> same = lastAnswer(request.getBase(), sha256(request))
                .filter(result -> result.getVersion().equals(version));
        same.ifPresent(_ -> Incarnations.requireAccepted(request, version.getChecksum()));
        return same.filter(_ -> Incarnations.answers(request, version));
    }

    private Optional<TrainResult> lastAnswer(ModelRef base, String manifestSha256) {
        return Optional.ofNullable(lastAnswer)
                .filter(answer ->
                        answer.base().equals(base) && answer.manifestSha256().equals(manifestSha256))
                .map(Answer::result);
    }

    /**
     * Reads the batch and prepares the update; the model stays as it is.
     *
     * @throws PreconditionException with the version held, if the request starts from another one
     * @throws CooperException NO_CAPACITY if the disk has no room for what the update would write
     */
    Update prepare(TrainRequest request) {
        if (!request.getBase().equals(version)) {
            throw PreconditionException.wrongVersion(version, request.getBase());
        }
        Instant started = ports.clock().instant();
        List<LogRecord> records = ManifestRecords.read(request, kind, ports.manifests());
        PreparedUpdate prepared = model.prepare(request.getStep(), records);
        if (prepared.teaches()) {
            requireRoom(checkpointDue(version.getNumber() + 1));
        }
        return new Update(request, prepared, started, ports.clock().instant());
    }

    /** An update that was read and not yet made. */
    record Update(TrainRequest request, PreparedUpdate prepared, Instant started, Instant read) {}

    /** A batch that teaches nothing: the version stays. */
    TrainResult skip(Update update) {
        Incarnations.requireAccepted(update.request(), version.getChecksum());
        return remember(answer(update, result(update, version, false, Map.of())));
    }

    /** Changes the model, publishes the version, and writes a checkpoint when one is due; or leaves all as it was. */
    TrainResult apply(Update update) {
        Map<String, Double> metrics = new HashMap<>(update.prepared().apply());
        String checksum = model.checksum();
        if (!update.prepared().kept()) {
            return reject(update, checksum, metrics);
        }
        Incarnations.requireAccepted(update.request(), checksum);
        Instant trained = ports.clock().instant();
        ModelRef next = Incarnations.next(update.request(), checksum);
        publish(next);
        metrics.put("seconds_training", seconds(update.read(), trained));
        metrics.put("seconds_publishing", seconds(trained, ports.clock().instant()));
        Answer answer = answer(update, result(update, next, true, metrics));
        // Other bytes than expected are kept at once: another replay would give others again.
        if (checkpointDue(next.getNumber()) || Incarnations.differs(update.request(), checksum)) {
            saveCheckpoint(answer, update.request().getStep());
            ports.checkpoints().prune(attached.getRunId(), kind, next.getNumber());
        }
        return remember(answer);
    }

    /** The update was made and undone: the version stays. */
    private TrainResult reject(Update update, String checksum, Map<String, Double> metrics) {
        if (!checksum.equals(version.getChecksum())) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "the rejected update of step " + update.request().getStep() + " left checksum " + checksum
                            + " in place of " + version.getChecksum());
        }
        Incarnations.requireAccepted(update.request(), version.getChecksum());
        metrics.put("seconds_training", seconds(update.read(), ports.clock().instant()));
        TrainResult rejected = result(update, version, false, metrics).toBuilder()
                .setRejected(true)
                .build();
        return remember(answer(update, rejected));
    }

    /**
     * Makes the version held another number: publishes it, writes a checkpoint, and removes the checkpoints of the
     * versions that were left behind.
     *
     * @throws PreconditionException with the version held, if it is neither of the two
     */
    TrainResult adopt(AdoptRequest request) {
        requireAdoptable(request);
        if (version.equals(request.getBecomes())) {
            return lastAnswer(request.getHeld(), NO_MANIFEST).orElseGet(() -> adopted(request.getBecomes()));
        }
        if (!version.equals(request.getHeld())) {
            throw PreconditionException.wrongVersion(version, request.getHeld());
        }
        requireRoom(true);
        publish(request.getBecomes());
        Answer answer = new Answer(version, NO_MANIFEST, adopted(request.getBecomes()));
        long number = request.getBecomes().getNumber();
        saveCheckpoint(answer, 0);
        ports.checkpoints()
                .removeBetween(attached.getRunId(), kind, request.getHeld().getNumber(), number);
        ports.checkpoints().prune(attached.getRunId(), kind, number);
        // The newest checkpoint is the right one again.
        attached = attached.toBuilder().clearNewestAllowed().build();
        return remember(answer);
    }

    private static void requireAdoptable(AdoptRequest request) {
        ModelRef held = request.getHeld();
        ModelRef becomes = request.getBecomes();
        if (!held.getChecksum().equals(becomes.getChecksum()) || held.getNumber() >= becomes.getNumber()) {
            throw CooperException.badInput(
                    "becomes",
                    "version " + held.getNumber() + " (" + held.getChecksum() + ") cannot become version "
                            + becomes.getNumber() + " (" + becomes.getChecksum()
                            + "): the number must be higher and the checksum the same");
        }
    }

    private void publish(ModelRef next) {
        ports.weights().publish(attached.getRunId(), kind, next, model::save);
        int keep = attached.getSettings().getKeepVersions();
        ports.weights().prune(attached.getRunId(), kind, keep == 0 ? 2 : keep, Set.of(next.getNumber()));
    }

    private void requireRoom(boolean withCheckpoint) {
        long weights = ports.weights().size(attached.getRunId(), kind, version);
        long newest = withCheckpoint ? ports.checkpoints().newestSize(attached.getRunId(), kind) : 0;
        long last = withCheckpoint && newest == 0 ? CHECKPOINT_IN_WEIGHTS * weights : newest;
        DurableFiles.requireRoom(ports.weights().folder(attached.getRunId(), kind, version), weights + last);
    }

    private boolean checkpointDue(long number) {
        return number - checkpoint >= Math.max(1, attached.getSettings().getCheckpointEvery());
    }

    private void saveCheckpoint(Answer answer, long step) {
        ports.checkpoints()
                .save(
                        attached.getRunId(),
                        kind,
                        answer,
                        new TrainerDescription(initialChecksum, step, attached.getSettings()),
                        model);
        checkpoint = answer.result().getVersion().getNumber();
        checkpointAt = ports.clock().instant();
    }

    private TrainResult remember(Answer answer) {
        lastAnswer = answer;
        version = answer.result().getVersion();
        return answer.result();
    }

    private static Answer answer(Update update, TrainResult result) {
        return new Answer(update.request().getBase(), sha256(update.request()), result);
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

    private TrainResult adopted(ModelRef becomes) {
        long now = ports.clock().millis();
        return TrainResult.newBuilder()
                .setVersion(becomes)
                .setLocation(ports.weights().location(attached.getRunId(), kind, becomes))
                .setUpdated(true)
                .setStartedAtMs(now)
                .setFinishedAtMs(now)
                .build();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static String sha256(TrainRequest request) {
        return Sha256.hex(request.getManifest().toByteArray());
    }

    @Override
    public void close() {
        model.close();
    }
}
