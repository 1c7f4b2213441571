package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.trainer.Checkpoint.Answer;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.AttachRequest;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session begins with.
 *
 * @param initialChecksum checksum of the run's version 0
 * @param lastAnswer the update that made the version; null for the initial model
 */
record SessionStart(
        TrainableModel model,
        String initialChecksum,
        ModelRef version,
        @Nullable Answer lastAnswer) {

    private static final Logger log = LoggerFactory.getLogger(SessionStart.class);

    /**
     * Loads the newest intact checkpoint that is allowed, or the initial model, and sees that its version is published.
     *
     * @throws CooperException BAD_INPUT if the initial model is not there, does not fit or is not the one that the run
     *     began with
     */
    static SessionStart load(AttachRequest request, ModelKind kind, TrainerPorts ports) {
        OptionalLong newestAllowed =
                request.hasNewestAllowed() ? OptionalLong.of(request.getNewestAllowed()) : OptionalLong.empty();
        return ports.checkpoints()
                .newestIntact(request.getRunId(), kind, newestAllowed)
                .map(checkpoint -> resume(checkpoint, request, kind, ports))
                .orElseGet(() -> begin(request, kind, ports));
    }

    private static SessionStart resume(
            Checkpoint checkpoint, AttachRequest request, ModelKind kind, TrainerPorts ports) {
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
        return new SessionStart(model, checkpoint.initialChecksum(), checkpoint.version(), checkpoint.lastAnswer());
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

    private static SessionStart begin(AttachRequest request, ModelKind kind, TrainerPorts ports) {
        TrainableModel model = ports.models().initial(Path.of(request.getInitialModel()), request.getSettings());
        try {
            String checksum = model.checksum();
            requireInitialChecksum(request, checksum, "initial model " + request.getInitialModel());
            ModelRef version = initialVersion(checksum);
            ports.weights().publish(request.getRunId(), kind, version, model::save);
            return new SessionStart(model, checksum, version, null);
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
}
