package dev.cooper.modelruntime.trainer;

import dev.cooper.modelruntime.storage.DurableFiles;
import dev.cooper.modelruntime.storage.StorageNames;
import dev.cooper.modelruntime.trainer.Checkpoint.Answer;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
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

    /** The newest checkpoint that is intact. Those that are not are named in the log and set aside. */
    Optional<Checkpoint> newestIntact(String runId, ModelKind kind) {
        Path model = model(runId, kind);
        for (long number : DurableFiles.numberedFolders(model).reversed()) {
            Path folder = model.resolve(Long.toString(number));
            try {
                return Optional.of(CheckpointFolder.read(folder, number));
            } catch (DamagedCheckpointException e) {
                log.warn("checkpoint {} is damaged and is not used: {}", folder, e.getMessage());
                setAside(folder);
            }
        }
        return Optional.empty();
    }

    /** Number of the newest checkpoint, intact or not. */
    OptionalLong newest(String runId, ModelKind kind) {
        List<Long> numbers = DurableFiles.numberedFolders(model(runId, kind));
        return numbers.isEmpty() ? OptionalLong.empty() : OptionalLong.of(numbers.getLast());
    }

    void save(String runId, ModelKind kind, Answer answer, TrainerDescription description, TrainableModel trained) {
        Path folder = model(runId, kind)
                .resolve(Long.toString(answer.result().getVersion().getNumber()));
        DurableFiles.writeFolder(folder, unfinished -> {
            trained.saveCheckpoint(unfinished);
            CheckpointFolder.describe(unfinished, answer, description);
        });
    }

    /** Removes all but the newest two. */
    void prune(String runId, ModelKind kind) {
        Path model = model(runId, kind);
        List<Long> numbers = DurableFiles.numberedFolders(model);
        for (long number : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
            DurableFiles.removeFolder(model.resolve(Long.toString(number)));
        }
    }

    private Path model(String runId, ModelKind kind) {
        return root.resolve(StorageNames.run(runId)).resolve(StorageNames.kind(kind));
    }

    private static void setAside(Path folder) {
        Path aside = folder.resolveSibling(folder.getFileName() + ".damaged");
        try {
            if (Files.exists(aside)) {
                DurableFiles.removeFolder(aside);
            }
            Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CooperException(
                    FailureReason.INTERNAL, "cannot set the damaged checkpoint " + folder + " aside: " + e, e);
        }
    }

    /** What {@code trainer.json} says besides the version. */
    record TrainerDescription(String initialChecksum, long step, TrainingSettings settings) {}
}
