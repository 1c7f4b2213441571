package dev.cooper.policy.training;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.modelruntime.trainer.TrainableModel;
import dev.cooper.modelruntime.trainer.TrainableModelFactory;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Loads policies to train. The KL reference is loaded only if the loss has a divergence term. */
public final class PolicyModels implements TrainableModelFactory {

    @Override
    public TrainableModel initial(Path folder, TrainingSettings settings) {
        PolicyTraining training = PolicyTraining.of(settings);
        LanguageModel model = load(folder, FailureReason.BAD_INPUT, "policy.model");
        Optional<CausalLanguageModel> reference =
                hasDivergence(training) ? Optional.of(model.copyNetwork()) : Optional.empty();
        return new PolicyModel(model, reference, training);
    }

    @Override
    public TrainableModel resume(Path checkpoint, Path reference, TrainingSettings settings) {
        PolicyTraining training = PolicyTraining.of(settings);
        LanguageModel model = load(checkpoint, FailureReason.MODEL_FAULT, "checkpoint");
        PolicyModel resumed;
        try {
            resumed = new PolicyModel(model, reference(reference, training), training);
        } catch (IOException | InvalidModelException e) {
            model.close();
            throw cannotResume(checkpoint, e);
        }
        try {
            resumed.restoreOptimizer(checkpoint);
            return resumed;
        } catch (IOException | InvalidModelException e) {
            // With the reference and the moments, which a trainer that tries again would else pile up.
            resumed.close();
            throw cannotResume(checkpoint, e);
        }
    }

    private static CooperException cannotResume(Path checkpoint, Exception e) {
        return new CooperException(
                FailureReason.MODEL_FAULT, "cannot resume from " + checkpoint + ": " + e.getMessage(), e);
    }

    private static Optional<CausalLanguageModel> reference(Path folder, PolicyTraining training) throws IOException {
        if (!hasDivergence(training)) {
            return Optional.empty();
        }
        try (LanguageModel initial = LanguageModel.load(folder)) {
            return Optional.of(initial.copyNetwork());
        }
    }

    private static boolean hasDivergence(PolicyTraining training) {
        return training.policy().loss().klCoefficient() > 0;
    }

    private static LanguageModel load(Path folder, FailureReason reason, String field) {
        try {
            return LanguageModel.load(folder);
        } catch (InvalidModelException e) {
            throw new CooperException(reason, String.valueOf(e.getMessage()), e, field);
        } catch (IOException e) {
            throw new CooperException(reason, "cannot read the model in " + folder + ": " + e, e, field);
        }
    }
}
