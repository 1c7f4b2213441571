package dev.cooper.pretraining;

import dev.cooper.languagemodel.training.LearningRate;
import dev.cooper.pretraining.problems.SolutionMix;

/**
 * Everything that making a reward model from a base depends on, but for the base.
 *
 * @param seed the seed of problems, samples and orders; of the base's own seed, so that the data sets are left out
 * @param judging first phase: the base learns to judge solutions of which half are right within each style
 * @param labelling its own completions
 * @param scoring second phase: binary cross-entropy of the scalar head on the labelled completions
 * @param solutions what the solutions of the first phase are like
 */
public record RewardSettings(long seed, Judging judging, Labelling labelling, Scoring scoring, SolutionMix solutions) {

    /**
     * The judge-only phase.
     *
     * @param steps optimiser steps; 0 leaves the phase out
     * @param batchSize examples a step
     * @param learningRate highest; falls to a tenth along a cosine
     */
    public record Judging(int steps, int batchSize, double learningRate) {
        public Judging {
            checkAtLeast(0, "judging.steps", steps);
            checkAtLeast(1, "judging.batchSize", batchSize);
            checkRate("judging.learningRate", learningRate);
        }

        LearningRate schedule() {
            return new LearningRate.Cosine(learningRate, learningRate / 10, steps / 10, Math.max(1, steps));
        }
    }

    /**
     * What is sampled from the base at temperature 1.
     *
     * @param problems to learn from; none of them is in {@code train.jsonl} or held out
     * @param completions a problem
     * @param heldOutProblems to evaluate on
     * @param heldOutCompletions a problem
     */
    public record Labelling(int problems, int completions, int heldOutProblems, int heldOutCompletions) {
        public Labelling {
            checkAtLeast(1, "labelling.problems", problems);
            checkAtLeast(1, "labelling.completions", completions);
            checkAtLeast(1, "labelling.heldOutProblems", heldOutProblems);
            checkAtLeast(1, "labelling.heldOutCompletions", heldOutCompletions);
        }
    }

    /**
     * The phase on labelled completions.
     *
     * @param epochs times that each completion is read
     * @param batchSize completions a step
     * @param learningRate constant
     */
    public record Scoring(int epochs, int batchSize, double learningRate) {
        public Scoring {
            checkAtLeast(1, "scoring.epochs", epochs);
            checkAtLeast(1, "scoring.batchSize", batchSize);
            checkRate("scoring.learningRate", learningRate);
        }
    }

    /** The settings that made the reward model in the examples, for a seed. */
    public static RewardSettings standard(long seed) {
        return new RewardSettings(
                seed,
                new Judging(700, 64, 2e-3),
                new Labelling(64, 8, 500, 2),
                new Scoring(3, 16, 5e-4),
                SolutionMix.standard());
    }

    private static void checkAtLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "reward model: " + name + " must be at least " + least + ", is " + value);
        }
    }

    private static void checkRate(String name, double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("reward model: " + name + " must be above 0 and below 1, is " + rate);
        }
    }
}
