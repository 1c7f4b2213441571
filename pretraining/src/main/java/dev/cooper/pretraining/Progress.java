package dev.cooper.pretraining;

import java.time.Duration;
import java.util.Locale;

/** What a pretraining run reports while it goes on. */
public sealed interface Progress {

    /** One line for a person. */
    String line();

    /**
     * Some steps were trained.
     *
     * @param step steps done
     * @param steps steps in all
     * @param loss mean negative log-likelihood of a completion's token (nats) since the last report
     * @param learningRate the learning rate of the last step
     * @param tokensPerSecond tokens of prompts and completions, without padding, since the last report
     * @param remaining time left at the pace of the whole run
     */
    record Trained(int step, int steps, double loss, double learningRate, double tokensPerSecond, Duration remaining)
            implements Progress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "step %d/%d  loss %.4f  lr %.2e  %,.0f tokens/s  %d:%02d left",
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
                    "step %d  held-out accuracy %.3f ± %.3f at temperature 1 (%d problems), boxed %.3f, %.1f tokens",
                    step,
                    evaluation.accuracy(),
                    evaluation.standardError(),
                    evaluation.problems(),
                    evaluation.boxedShare(),
                    evaluation.meanLength());
        }
    }
}
