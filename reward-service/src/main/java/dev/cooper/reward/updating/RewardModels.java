package dev.cooper.reward.updating;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.modelruntime.trainer.TrainableModel;
import dev.cooper.modelruntime.trainer.TrainableModelFactory;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;

/** Loads reward models to train. */
public final class RewardModels implements TrainableModelFactory {

    @Override
    public TrainableModel initial(Path folder, TrainingSettings settings) {
        RewardTraining training = RewardTraining.of(settings);
        return new TrainableRewardModel(load(folder, FailureReason.BAD_INPUT, "reward.model"), training);
    }

    @Override
    public TrainableModel resume(Path checkpoint, Path reference, TrainingSettings settings) {
        RewardTraining training = RewardTraining.of(settings);
        TrainableRewardModel resumed =
                new TrainableRewardModel(load(checkpoint, FailureReason.MODEL_FAULT, "checkpoint"), training);
        try {
            resumed.restoreOptimizer(checkpoint);
            return resumed;
        } catch (IOException | InvalidModelException e) {
            // With the moments, which a trainer that tries again would else pile up.
            resumed.close();
            throw new CooperException(
                    FailureReason.MODEL_FAULT, "cannot resume from " + checkpoint + ": " + e.getMessage(), e);
        }
    }

    private static RewardModel load(Path folder, FailureReason reason, String field) {
        try {
            return RewardModel.load(folder);
        } catch (InvalidModelException e) {
            throw new CooperException(reason, String.valueOf(e.getMessage()), e, field);
        } catch (IOException e) {
            throw new CooperException(reason, "cannot read the model in " + folder + ": " + e, e, field);
        }
    }
}
