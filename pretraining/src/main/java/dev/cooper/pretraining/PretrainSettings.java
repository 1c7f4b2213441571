package dev.cooper.pretraining;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.training.LearningRate;
import dev.cooper.pretraining.corpus.TaskMix;
import dev.cooper.pretraining.problems.SolutionMix;

/**
 * Everything that a pretraining run depends on.
 *
 * @param seed the seed of the corpus, the first weights and the samples of the evaluations
 * @param steps optimiser steps; the learning rate falls to a tenth along a cosine over exactly these
 * @param batchSize examples a step
 * @param learningRate highest learning rate
 * @param warmupSteps steps over which the learning rate rises; fewer if the run is short
 * @param evaluateEvery steps between evaluations on held-out problems; the last step is always followed by one
 * @param evaluationProblems held-out problems of an evaluation, each sampled once at temperature 1
 * @param size widths and depth of the model
 * @param solutions what the solutions of the corpus are like
 * @param tasks how often each task comes up
 */
public record PretrainSettings(
        long seed,
        int steps,
        int batchSize,
        double learningRate,
        int warmupSteps,
        int evaluateEvery,
        int evaluationProblems,
        ModelConfig.Size size,
        SolutionMix solutions,
        TaskMix tasks) {

    public PretrainSettings {
        checkPositive("steps", steps);
        checkPositive("batchSize", batchSize);
        checkPositive("evaluateEvery", evaluateEvery);
        checkPositive("evaluationProblems", evaluationProblems);
        if (!(learningRate > 0 && learningRate < 1)) {
            throw new IllegalArgumentException(
                    "pretraining: learningRate must be above 0 and below 1, is " + learningRate);
        }
        if (warmupSteps < 0) {
            throw new IllegalArgumentException("pretraining: warmupSteps must not be negative, is " + warmupSteps);
        }
    }

    /** The settings that made the model in the examples, for a seed. */
    public static PretrainSettings standard(long seed) {
        return new PretrainSettings(
                seed,
                5000,
                48,
                2e-3,
                100,
                1000,
                500,
                new ModelConfig.Size(96, 256, 3, 4, 2),
                SolutionMix.standard(),
                TaskMix.standard());
    }

    /** The same with another number of steps. */
    public PretrainSettings withSteps(int other) {
        return new PretrainSettings(
                seed,
                other,
                batchSize,
                learningRate,
                warmupSteps,
                evaluateEvery,
                evaluationProblems,
                size,
                solutions,
                tasks);
    }

    /** The same with other evaluations. */
    public PretrainSettings withEvaluations(int every, int problems) {
        return new PretrainSettings(
                seed, steps, batchSize, learningRate, warmupSteps, every, problems, size, solutions, tasks);
    }

    LearningRate schedule() {
        return new LearningRate.Cosine(learningRate, learningRate / 10, Math.min(warmupSteps, steps / 10), steps);
    }

    private static void checkPositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("pretraining: " + name + " must be at least 1, is " + value);
        }
    }
}
