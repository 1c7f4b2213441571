package dev.cooper.orchestrator.file;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a run has under the storage root: a folder of its own under each of these names. */
public final class RunStorage {

    /** Events for TensorBoard. */
    public static final String TENSORBOARD = "tensorboard";
    /** The models that a fork began with. */
    public static final String FORKS = "forks";

    /** The archive last: while it is there, a deletion that was cut off can still be told from a loss. */
    private static final List<String> FOLDERS = List.of("weights", "checkpoints", FORKS, TENSORBOARD, "archive");

    private final Path root;

    public RunStorage(Path storageRoot) {
        this.root = storageRoot.toAbsolutePath().normalize();
    }

    public Path folder(String name, String runId) {
        return root.resolve(name).resolve(runId);
    }

    /**
     * Removes all that a run has.
     *
     * @throws CooperException INTERNAL, naming the folder, when that fails half way; it may be asked for again
     */
    public void delete(String runId) {
        for (String name : FOLDERS) {
            Path folder = folder(name, runId);
            try {
                FileTree.delete(folder);
            } catch (IOException e) {
                throw new CooperException(
                        FailureReason.INTERNAL,
                        "cannot remove " + folder + ": " + e
                                + "; see whether it is writable, then delete the run again",
                        e);
            }
        }
    }
}
