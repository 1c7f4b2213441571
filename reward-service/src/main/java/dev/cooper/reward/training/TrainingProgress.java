package dev.cooper.reward.training;

import java.time.Duration;
import java.util.Locale;

/** What a training tells while it goes on. */
public sealed interface TrainingProgress {

    /** One line for a person. */
    String line();

    /**
     * The data was read.
     *
     * @param train examples to learn from
     * @param validation examples to choose the best weights by
     * @param test examples to try these on
     * @param omitted completions that were left out, for whatever reason
     * @param step steps that an earlier process did; 0 for a new training
     */
    record Begun(int train, int validation, int test, int omitted, int step) implements TrainingProgress {
        @Override
        public String line() {
            String data = "%d examples to learn from, %d to validate, %d to test".formatted(train, validation, test);
            return data
                    + (omitted > 0 ? ", " + omitted + " left out" : "")
                    + (step > 0 ? "; goes on after step " + step : "");
        }
    }

    /**
     * A step was done.
     *
     * @param step steps done
     * @param steps steps in all, if no early stop comes
     * @param epoch the current one, from 1
     * @param loss of this step before its update, in nats
     * @param learningRate of this step
     * @param tokensPerSecond read in steps since the start of this process, evaluations counted in the time
     * @param remaining at that pace, if no early stop comes
     */
    record Stepped(
            int step,
            int steps,
            int epoch,
            double loss,
            double learningRate,
            double tokensPerSecond,
            Duration remaining)
            implements TrainingProgress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "step %d/%d (epoch %d)  loss %.4f  lr %.2e  %,.0f tokens/s  %d:%02d left",
                    step,
                    steps,
                    epoch,
                    loss,
                    learningRate,
                    tokensPerSecond,
                    remaining.toMinutes(),
                    remaining.toSecondsPart());
        }
    }

    /**
     * The model was tried on the validation set.
     *
     * @param best whether no trial before was as good, so that its weights were kept
     */
    record Tried(Trial trial, boolean best) implements TrainingProgress {
        @Override
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "step %d  validation: AUC %.4f  accuracy %.3f  ECE %.3f  loss %.4f%s",
                    trial.step(),
                    trial.auc(),
                    trial.accuracy(),
                    trial.calibrationError(),
                    trial.loss(),
                    best ? "  (best so far)" : "");
        }
    }
}
