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
import java.util.Optional;
import java.util.function.BiFunction;

/** Loads reward models to train. */
public final class RewardModels implements TrainableModelFactory {

    @Override
    public TrainableModel initial(Path folder, TrainingSettings settings) {
        RewardTraining training = RewardTraining.of(settings);
        return trainable(load(folder, FailureReason.BAD_INPUT, "reward.model"), training, Promotion::initial);
    }

    @Override
    public TrainableModel resume(Path checkpoint, Path reference, TrainingSettings settings) {
        RewardTraining training = RewardTraining.of(settings);
        TrainableRewardModel resumed = trainable(
                load(checkpoint, FailureReason.MODEL_FAULT, "checkpoint"),
                training,
                (probe, maxDrop) -> Promotion.resume(probe, maxDrop, checkpoint));
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

    private static TrainableRewardModel trainable(
            RewardModel model, RewardTraining training, BiFunction<Probe, Double, Promotion> promotion) {
        try {
            Optional<Probe> probe = training.probe().map(settings -> Probe.read(settings, model, training.input()));
            Optional<Promotion> judged = probe.flatMap(on -> on.maxDrop().map(maxDrop -> promotion.apply(on, maxDrop)));
            return new TrainableRewardModel(model, training, probe, judged);
        } catch (RuntimeException e) {
            model.close();
            throw e;
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
