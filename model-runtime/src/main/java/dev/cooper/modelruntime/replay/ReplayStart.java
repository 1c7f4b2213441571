package dev.cooper.modelruntime.replay;

import java.nio.file.Path;

/** What a replay begins with. */
public sealed interface ReplayStart {

    /**
     * Folder of the run's initial model, in Hugging Face layout.
     *
     * @return also the KL reference of a policy
     */
    Path initialModel();

    /**
     * The initial model: the whole run is trained again.
     *
     * @param checksum what the run began with
     */
    record FromInitialModel(Path initialModel, String checksum) implements ReplayStart {}

    /**
     * A checkpoint: the steps after it are trained again.
     *
     * @param checkpoint a folder {@code checkpoints/{run}/{kind}/{number}}
     */
    record FromCheckpoint(Path initialModel, Path checkpoint) implements ReplayStart {}
}
