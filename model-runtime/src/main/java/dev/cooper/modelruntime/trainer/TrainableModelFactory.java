package dev.cooper.modelruntime.trainer;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.TrainingSettings;
import java.nio.file.Path;

/** Loads a model to train. */
public interface TrainableModelFactory {

    /**
     * The initial model with a fresh optimizer; it is its own KL reference.
     *
     * @param folder Hugging Face layout
     * @throws CooperException BAD_INPUT, naming the path and the fix, if the folder is missing or does not fit
     */
    TrainableModel initial(Path folder, TrainingSettings settings);

    /**
     * The model as {@link TrainableModel#saveCheckpoint} wrote it.
     *
     * @param checkpoint its folder
     * @param reference folder of the run's initial version, the KL reference
     */
    TrainableModel resume(Path checkpoint, Path reference, TrainingSettings settings);
}
