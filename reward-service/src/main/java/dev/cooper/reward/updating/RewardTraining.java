package dev.cooper.reward.updating;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.LearningRate;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ProbeSettings;
import dev.cooper.proto.v1.TrainingSettings;
import dev.cooper.reward.input.RewardInputs;
import java.util.Optional;

/**
 * The run's training settings as the reward model takes them. What the message leaves at zero gets: micro-batches of
 * 4096 tokens, gradient norm 1.
 *
 * @param input how texts are put before the model, the same as in scoring
 * @param microBatchTokens most tokens of one pass
 * @param checkpointing keeps only each layer's input for the backward pass
 * @param anchor labelled examples to learn besides the pairs
 * @param probe what versions are measured on; it takes a model to read it
 */
record RewardTraining(
        AdamWSettings optimizer,
        LearningRate learningRate,
        RewardInput input,
        int microBatchTokens,
        boolean checkpointing,
        Optional<Anchor> anchor,
        Optional<ProbeSettings> probe) {

    private static final int MICRO_BATCH_TOKENS = 4096;

    /**
     * Reads the settings.
     *
     * @throws CooperException BAD_INPUT, naming the setting, if one is out of its range
     */
    static RewardTraining of(TrainingSettings settings) {
        if (settings.getMiniBatches() > 1) {
            throw CooperException.badInput(
                    "reward.training.mini_batches",
                    "reward.training.mini_batches is " + settings.getMiniBatches()
                            + ": the reward model takes one optimiser step a training step");
        }
        if (settings.getMicroBatchTokens() < 0) {
            throw CooperException.badInput(
                    "reward.training.micro_batch_tokens", "reward.training.micro_batch_tokens must be above 0");
        }
        try {
            return new RewardTraining(
                    new AdamWSettings(
                            AdamWSettings.STANDARD.beta1(),
                            AdamWSettings.STANDARD.beta2(),
                            AdamWSettings.STANDARD.epsilon(),
                            settings.getWeightDecay(),
                            settings.getMaxGradientNorm() == 0 ? 1 : settings.getMaxGradientNorm()),
                    new LearningRate.Constant(settings.getLearningRate(), settings.getWarmupSteps()),
                    RewardInputs.of(settings.getScoring()),
                    settings.getMicroBatchTokens() == 0 ? MICRO_BATCH_TOKENS : settings.getMicroBatchTokens(),
                    settings.getActivationCheckpointing(),
                    settings.hasAnchor() ? Optional.of(Anchor.read(settings.getAnchor())) : Optional.empty(),
                    settings.hasProbe() ? Optional.of(settings.getProbe()) : Optional.empty());
        } catch (IllegalArgumentException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT,
                    "the reward model's training settings do not hold: " + e.getMessage(),
                    e,
                    "reward.training");
        }
    }
}
