package dev.cooper.modelruntime.replay;

import dev.cooper.modelruntime.trainer.TrainableModelFactory;
import dev.cooper.proto.v1.TrainingSettings;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How a model is trained again.
 *
 * @param models of the service that trained it
 * @param training the run's settings of the model
 * @param work folder for versions that the run went back to; what the replay writes there, it removes
 */
public record ReplaySettings(TrainableModelFactory models, TrainingSettings training, Path work, Clock clock) {}
