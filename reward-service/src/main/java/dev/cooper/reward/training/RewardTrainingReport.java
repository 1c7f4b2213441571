package dev.cooper.reward.training;

import dev.cooper.languagemodel.reward.ScoreQuality;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What came of a training.
 *
 * @param origin what the weights depend on
 * @param engine what computed the last part; another engine, processor or number of threads rounds differently
 * @param parameters number of weights, the head included
 * @param data what it learned from and was tried on
 * @param trials the model on the validation set, by rising step
 * @param steps optimiser steps done
 * @param stoppedEarly whether AUC stopped rising before the last step
 * @param bestStep after which the kept weights were
 * @param checksum of these weights
 * @param validation their quality by type of answer, and on all under the empty name
 * @param test the same on the test files; empty where there are none
 */
public record RewardTrainingReport(
        Origin origin,
        String engine,
        long parameters,
        DataFigures data,
        List<Trial> trials,
        int steps,
        boolean stoppedEarly,
        int bestStep,
        String checksum,
        Map<String, ScoreQuality> validation,
        Map<String, ScoreQuality> test) {

    private static final double PERCENT = 100;

    /**
     * What the files held.
     *
     * @param train examples to learn from
     * @param trainRight right ones of these
     * @param validation examples to choose by
     * @param test examples tried at the end
     * @param tooLong left out: the model has too few positions
     * @param heldOutQuestion left out of training: a validation or test file asks their question
     * @param contradictory texts that came with both labels
     */
    public record DataFigures(
            int train, int trainRight, int validation, int test, int tooLong, int heldOutQuestion, int contradictory) {

        static DataFigures of(TrainingData data) {
            return new DataFigures(
                    data.train().size(),
                    data.train().right(),
                    data.validation().size(),
                    data.test().size(),
                    data.tooLong(),
                    data.heldOutQuestion(),
                    data.contradictory());
        }
    }

    /** The figures of the best weights, for people. */
    public String table() {
        var table = new StringBuilder("%-28s %7s %7s %16s %7s %7s %8s %8s%n"
                .formatted("", "n", "right", "accuracy", "AUC", "ECE", "accepts", "rejects"));
        validation.forEach((type, quality) -> table.append(row("validation", type, quality)));
        test.forEach((type, quality) -> table.append(row("test", type, quality)));
        return table.append("accepts: wrong completions taken for right; rejects: right ones taken for wrong\n")
                .toString();
    }

    private static String row(String set, String type, ScoreQuality quality) {
        return String.format(
                Locale.ROOT,
                "%-28s %7d %6.1f%% %16s %7s %7.3f %7.1f%% %7.1f%%%n",
                type.isEmpty() ? set : "  " + type,
                quality.examples(),
                PERCENT * quality.right() / quality.examples(),
                "%.1f ± %.1f %%".formatted(PERCENT * quality.accuracy(), PERCENT * quality.standardError()),
                quality.auc().isPresent()
                        ? String.format(Locale.ROOT, "%.4f", quality.auc().getAsDouble())
                        : "-",
                quality.calibrationError(),
                PERCENT * quality.falseAccepts(),
                PERCENT * quality.falseRejects());
    }
}
