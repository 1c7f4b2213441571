package dev.cooper.pretraining;

import java.time.Duration;
import java.util.Locale;

/** What making a model reports while it goes on. */
public sealed interface Progress {

    /** One line for a person. */
    String line();

    /**
     * Some steps of a phase were trained.
     *
     * @param phase what is trained
     * @param step steps done
     * @param steps steps in all
     * @param loss mean loss since the last report: nats a token of the completions, or a completion's binary
     *     cross-entropy
     * @param learningRate the learning rate of the last step
     * @param tokensPerSecond tokens of prompts and completions, without padding, since the last report
     * @param remaining time left of the phase at its pace so far
     */
    record Trained(
            String phase,
            int step,
            int steps,
            double loss,
            double learningRate,
            double tokensPerSecond,
            Duration remaining)
            implements Progress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "%s: step %d/%d  loss %.4f  lr %.2e  %,.0f tokens/s  %d:%02d left",
                    phase,
                    step,
                    steps,
                    loss,
                    learningRate,
                    tokensPerSecond,
                    remaining.toMinutes(),
                    remaining.toSecondsPart());
        }
    }

    /** The model was tried on held-out problems after a step. */
    record Evaluated(int step, Evaluation evaluation) implements Progress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "base: step %d  held-out accuracy %.3f ± %.3f at temperature 1 (%d problems), boxed %.3f, %.1f tokens",
                    step,
                    evaluation.accuracy(),
                    evaluation.standardError(),
                    evaluation.problems(),
                    evaluation.boxedShare(),
                    evaluation.meanLength());
        }
    }

    /** The finished base was tried as an assistant, and without chance. */
    record Rewritten(double greedyAccuracy, RewriteEvaluation rewrites) implements Progress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "base: held-out accuracy %.3f greedy; %d right solutions rewritten: %.3f wrong at the first attempt,"
                            + " %.3f within %d",
                    greedyAccuracy,
                    rewrites.positives(),
                    rewrites.wrongAtFirst(),
                    rewrites.paired(),
                    RewriteEvaluation.ATTEMPTS);
        }
    }

    /** The base's completions for the reward model were sampled and labelled. */
    record Labelled(int completions, double correctShare) implements Progress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT, "labels: %d completions of the base, %.3f of them right", completions, correctShare);
        }
    }

    /** The reward model was tried on completions of held-out problems. */
    record RewardEvaluated(RewardEvaluation evaluation) implements Progress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "reward: held-out accuracy %.3f ± %.3f, AUC %.3f (%d completions of %d problems, %.3f right)",
                    evaluation.accuracy(),
                    evaluation.standardError(),
                    evaluation.auc(),
                    evaluation.completions(),
                    evaluation.problems(),
                    evaluation.correctShare());
        }
    }
}
