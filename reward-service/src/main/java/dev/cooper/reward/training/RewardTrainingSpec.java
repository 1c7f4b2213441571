package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.RewardInput;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.LearningRate;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training of a reward model is of.
 *
 * @param start what it begins with
 * @param seed of the new head, the order of examples and the choice of held-back questions
 * @param data what it learns from and is tried on
 * @param input what the model reads, as in a run
 * @param optimisation how it learns
 * @param evaluation how the best weights are found
 */
public record RewardTrainingSpec(
        Start start, long seed, Data data, RewardInput input, Optimisation optimisation, Evaluation evaluation) {

    /** What a training begins with. */
    public sealed interface Start {
        /** A model in Hugging Face layout. */
        Path folder();

        /** A language model, which gets a new head. */
        record Base(Path folder) implements Start {}

        /** A reward model, which learns on. */
        record HeadedModel(Path folder) implements Start {}
    }

    /**
     * Files of labelled completions.
     *
     * @param train to learn from, but for the questions that are held back or stand in another file
     * @param validation by which the best weights are chosen; empty to hold questions of {@code train} back
     * @param validationShare share of the questions held back; unused where {@code validation} names files
     * @param test tried once, with the best weights; may be empty
     */
    public record Data(List<Path> train, List<Path> validation, double validationShare, List<Path> test) {
        public Data {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
            test = List.copyOf(test);
        }
    }

    /** How the learning rate goes on after the warm-up. */
    public enum Schedule {
        CONSTANT,
        /** Half a cosine down to 0 at the last step. */
        COSINE
    }

    /**
     * AdamW on the mean binary cross-entropy of a batch.
     *
     * @param epochs times that each example is read
     * @param batchSize examples of an optimiser step; the last of an epoch may have fewer
     * @param learningRate highest
     * @param schedule of the learning rate
     * @param warmupSteps in which it rises linearly
     * @param weightDecay of matrices
     * @param maxGradientNorm gradients are scaled down to it
     * @param microBatchTokens most tokens of one pass
     * @param activationCheckpointing keep only each layer's input for the way back
     * @param checkpointEvery steps between two places to go on from
     */
    public record Optimisation(
            int epochs,
            int batchSize,
            double learningRate,
            Schedule schedule,
            int warmupSteps,
            double weightDecay,
            double maxGradientNorm,
            int microBatchTokens,
            boolean activationCheckpointing,
            int checkpointEvery) {

        AdamWSettings optimizer() {
            AdamWSettings standard = AdamWSettings.STANDARD;
            return new AdamWSettings(
                    standard.beta1(), standard.beta2(), standard.epsilon(), weightDecay, maxGradientNorm);
        }

        /** @param steps of the whole training */
        LearningRate learningRates(int steps) {
            return switch (schedule) {
                case CONSTANT -> new LearningRate.Constant(learningRate, warmupSteps);
                case COSINE -> new LearningRate.Cosine(learningRate, 0, warmupSteps, Math.max(steps, warmupSteps + 1));
            };
        }
    }

    /**
     * When the model is tried on the validation set, and when that ends the training.
     *
     * @param every steps; also before the first and after the last
     * @param patience evaluations in a row without a better AUC after which the training ends; 0 for never
     * @param leastGain by which an AUC must be above the best one to be better
     */
    public record Evaluation(int every, int patience, double leastGain) {}
}
