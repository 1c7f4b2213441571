package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.modelruntime.storage.StorageNames;
import dev.cooper.modelruntime.trainer.Checkpoint.Answer;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a trainer starts from again: {@code checkpoints/{run}/{kind}/{number}} and the highest fence in
 * {@code checkpoints/{run}/{kind}/fence}. A checkpoint counts only if every file in it has the SHA-256 that its
 * {@code trainer.json} says; one that does not is set aside under a name that says so.
 */
public final class CheckpointStore {

    private static final Logger log = LoggerFactory.getLogger(CheckpointStore.class);

    /** The newest and the one before it, which is used if the newest is damaged. */
    private static final int KEPT = 2;

    private static final String DAMAGED = ".damaged";
    private static final String REASON = "reason.txt";

    private final Path root;

    /**
     * A store.
     *
     * @param storageRoot the folder that holds {@code checkpoints}
     */
    public CheckpointStore(Path storageRoot) {
        this.root = storageRoot.toAbsolutePath().normalize().resolve("checkpoints");
    }

    /** The highest fence that was seen; 0 for none. */
    long fence(String runId, ModelKind kind) {
        Path file = model(runId, kind).resolve("fence");
        if (!Files.exists(file)) {
            return 0;
        }
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException e) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "cannot read the fence in " + file + ": " + e + "; put the run's current fence there",
                    e);
        }
    }

    void raiseFence(String runId, ModelKind kind, long fence) {
        DurableFiles.writeText(model(runId, kind).resolve("fence"), fence + "\n");
    }

    /**
     * The newest checkpoint that is intact. Those that are not are named in the log and set aside.
     *
     * @param newestAllowed later versions are not looked at; empty: none is too late
     */
    Optional<Checkpoint> newestIntact(String runId, ModelKind kind, OptionalLong newestAllowed) {
        Path model = model(runId, kind);
        for (long number : DurableFiles.numberedFolders(model).reversed()) {
            if (number > newestAllowed.orElse(Long.MAX_VALUE)) {
                continue;
            }
            Path folder = model.resolve(Long.toString(number));
            try {
                return Optional.of(CheckpointFolder.read(folder, number));
            } catch (DamagedCheckpointException e) {
                log.warn("checkpoint {} is damaged and is not used: {}", folder, e.getMessage());
                setAside(folder, e);
            }
        }
        return Optional.empty();
    }

    /**
     * The version in a checkpoint's folder.
     *
     * @throws CooperException BAD_INPUT, naming folder and file, if it is no checkpoint or not intact
     */
    public static ModelRef versionIn(Path folder) {
        try {
            return CheckpointFolder.read(folder).version();
        } catch (DamagedCheckpointException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT, folder + " is no intact checkpoint: " + e.getMessage(), e, "checkpoint");
        }
    }

    /** What is wrong with each checkpoint that was set aside, for people; until its folder is removed. */
    List<String> damaged(String runId, ModelKind kind) {
        Path model = model(runId, kind);
        return DurableFiles.children(model).stream()
                .filter(name -> name.endsWith(DAMAGED))
                .map(model::resolve)
                .map(folder -> "a checkpoint was damaged and is not used: " + folder + ": " + reason(folder)
                        + "; the one before it counts; remove the folder when it is of no more use")
                .toList();
    }

    void save(String runId, ModelKind kind, Answer answer, TrainerDescription description, TrainableModel trained) {
        Path folder = model(runId, kind)
                .resolve(Long.toString(answer.result().getVersion().getNumber()));
        DurableFiles.writeFolder(folder, unfinished -> {
            trained.saveCheckpoint(unfinished);
            CheckpointFolder.describe(unfinished, answer, description);
        });
    }

    /** Bytes that the newest checkpoint takes; 0 if there is none. */
    long newestSize(String runId, ModelKind kind) {
        Path model = model(runId, kind);
        List<Long> numbers = DurableFiles.numberedFolders(model);
        return numbers.isEmpty() ? 0 : DurableFiles.size(model.resolve(Long.toString(numbers.getLast())));
    }

    /** Removes what is older than this one and the one before it. Newer ones stay: a run may be on its way back. */
    void prune(String runId, ModelKind kind, long newest) {
        List<Long> numbers = DurableFiles.numberedFolders(model(runId, kind)).stream()
                .filter(number -> number <= newest)
                .toList();
        numbers.subList(0, Math.max(0, numbers.size() - KEPT)).forEach(number -> remove(runId, kind, number));
    }

    /** Removes the checkpoints of versions that were left behind: those between the two. */
    void removeBetween(String runId, ModelKind kind, long older, long newer) {
        DurableFiles.numberedFolders(model(runId, kind)).stream()
                .filter(number -> older < number && number < newer)
                .forEach(number -> remove(runId, kind, number));
    }

    /** Removes all checkpoints and the fences of a run that has ended. */
    public void delete(String runId) {
        DurableFiles.removeFolder(root.resolve(StorageNames.run(runId)));
    }

    private void remove(String runId, ModelKind kind, long number) {
        DurableFiles.removeFolder(model(runId, kind).resolve(Long.toString(number)));
    }

    private Path model(String runId, ModelKind kind) {
        return root.resolve(StorageNames.run(runId)).resolve(StorageNames.kind(kind));
    }

    private static void setAside(Path folder, DamagedCheckpointException why) {
        Path aside = folder.resolveSibling(folder.getFileName() + DAMAGED);
        try {
            DurableFiles.removeFolder(aside);
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(aside.resolve(REASON), why.getMessage() + "\n");
        } catch (IOException e) {
            throw new CooperException(
                    FailureReason.INTERNAL, "cannot set the damaged checkpoint " + folder + " aside: " + e, e);
        }
    }

    private static String reason(Path folder) {
        try {
            return Files.readString(folder.resolve(REASON)).strip();
        } catch (IOException e) {
            return "its " + REASON + " cannot be read";
        }
    }

    /**
     * What {@code trainer.json} says besides the version.
     *
     * @param step the step that made it; 0 for a version that was adopted
     */
    record TrainerDescription(String initialChecksum, long step, TrainingSettings settings) {}
}
