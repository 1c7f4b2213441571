package dev.cooper.policy.training;

import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.Advantages;
import dev.cooper.languagemodel.training.Aggregation;
import dev.cooper.languagemodel.training.GrpoLossSettings;
import dev.cooper.languagemodel.training.KlEstimator;
import dev.cooper.languagemodel.training.LearningRate;
import dev.cooper.languagemodel.training.PolicySettings;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.TrainingSettings;

/**
 * The run's training settings as the language model takes them. What the message leaves at zero or empty gets:
 * temperature 1, one mini-batch, micro-batches of 4096 tokens, gradient norm 1, estimator k3, aggregation token-mean.
 *
 * @param policy loss and optimizer
 * @param learningRate by the number of optimiser steps made before
 * @param advantages how rewards become advantages
 * @param rewards what is masked
 */
record PolicyTraining(
        PolicySettings policy, LearningRate learningRate, Advantages.Options advantages, GrpoSettings rewards) {

    private static final int MICRO_BATCH_TOKENS = 4096;

    /**
     * Reads the settings.
     *
     * @throws CooperException BAD_INPUT, naming the setting, if one is out of its range
     */
    static PolicyTraining of(TrainingSettings settings) {
        GrpoSettings grpo = settings.getGrpo();
        try {
            return new PolicyTraining(
                    new PolicySettings(
                            loss(grpo),
                            new AdamWSettings(
                                    AdamWSettings.STANDARD.beta1(),
                                    AdamWSettings.STANDARD.beta2(),
                                    AdamWSettings.STANDARD.epsilon(),
                                    settings.getWeightDecay(),
                                    orElse(settings.getMaxGradientNorm(), 1)),
                            orElse(settings.getTemperature(), 1),
                            orElse(settings.getMiniBatches(), 1),
                            orElse(settings.getMicroBatchTokens(), MICRO_BATCH_TOKENS),
                            settings.getActivationCheckpointing()),
                    new LearningRate.Constant(settings.getLearningRate(), settings.getWarmupSteps()),
                    new Advantages.Options(grpo.getDivideByStd(), grpo.getAdvantageEpsilon(), grpo.getLeaveOneOut()),
                    grpo);
        } catch (IllegalArgumentException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT,
                    "the run's training settings do not hold: " + e.getMessage(),
                    e,
                    "training");
        }
    }

    private static GrpoLossSettings loss(GrpoSettings grpo) {
        return new GrpoLossSettings(
                grpo.getClipLow(),
                grpo.getClipHigh(),
                grpo.getDualClip(),
                grpo.getKlCoefficient(),
                estimator(grpo.getKlEstimator()),
                aggregation(grpo.getAggregation()),
                orElse(grpo.getConstantLength(), 1),
                false,
                0);
    }

    private static KlEstimator estimator(String name) {
        return switch (name) {
            case "", "k3" -> KlEstimator.K3;
            case "k2" -> KlEstimator.K2;
            case "k1" -> KlEstimator.K1;
            default -> throw new IllegalArgumentException("kl_estimator must be k1, k2 or k3, not '" + name + "'");
        };
    }

    private static Aggregation aggregation(String name) {
        return switch (name) {
            case "", "token-mean" -> Aggregation.TOKEN_MEAN;
            case "sequence-mean" -> Aggregation.SEQUENCE_MEAN;
            case "sequence-sum" -> Aggregation.SEQUENCE_SUM;
            default ->
                throw new IllegalArgumentException(
                        "aggregation must be token-mean, sequence-mean or sequence-sum, not '" + name + "'");
        };
    }

    private static double orElse(double value, double otherwise) {
        return value == 0 ? otherwise : value;
    }

    private static int orElse(int value, int otherwise) {
        return value == 0 ? otherwise : value;
    }
}
