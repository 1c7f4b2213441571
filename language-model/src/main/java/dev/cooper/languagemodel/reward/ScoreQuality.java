package dev.cooper.languagemodel.reward;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How well scores tell right from wrong. A score is σ(logit); one above a half says right.
 *
 * @param examples number of examples
 * @param right number of those whose label is right
 * @param accuracy share of examples whose score says what the label says
 * @param auc chance that a right example scores above a wrong one, ties counted half; empty if all are of one kind
 * @param calibrationError expected calibration error (Naeini et al. 2015) over {@link #BINS} bins of equal width: mean
 *     over examples of |share of right ones in the bin − mean score in the bin|
 * @param falseAccepts share of the wrong examples with a score above a half; 0 if there are none
 * @param falseRejects share of the right examples with a score of a half or below; 0 if there are none
 * @param reliability the bins that hold an example, by rising score
 */
public record ScoreQuality(
        int examples,
        int right,
        double accuracy,
        OptionalDouble auc,
        double calibrationError,
        double falseAccepts,
        double falseRejects,
        List<Bin> reliability) {
    /** Bins of the reliability diagram. */
    public static final int BINS = 10;

    /**
     * Examples of similar score.
     *
     * @param examples number of examples
     * @param meanScore mean of their scores
     * @param right share of those that are right
     */
    public record Bin(int examples, double meanScore, double right) {}

    public ScoreQuality {
        reliability = List.copyOf(reliability);
    }

    /**
     * The quality of logits.
     *
     * @param logits one an example, at least one
     * @param labels whether the example is right, in the same order
     */
    public static ScoreQuality of(float[] logits, List<Boolean> labels) {
        if (logits.length == 0 || logits.length != labels.size()) {
            throw new IllegalArgumentException("%d logits for %d labels; there must be as many, at least one"
                    .formatted(logits.length, labels.size()));
        }
        int right = (int) labels.stream().filter(label -> label).count();
        int wrong = logits.length - right;
        int accepted = 0;
        int rightAccepted = 0;
        for (int i = 0; i < logits.length; i++) {
            if (logits[i] > 0) {
                accepted++;
                rightAccepted += labels.get(i) ? 1 : 0;
            }
        }
        int wrongAccepted = accepted - rightAccepted;
        List<Bin> bins = bins(logits, labels);
        return new ScoreQuality(
                logits.length,
                right,
                (rightAccepted + wrong - wrongAccepted) / (double) logits.length,
                auc(logits, labels, right),
                bins.stream()
                                .mapToDouble(bin -> bin.examples() * Math.abs(bin.right() - bin.meanScore()))
                                .sum()
                        / logits.length,
                wrong == 0 ? 0 : wrongAccepted / (double) wrong,
                right == 0 ? 0 : (right - rightAccepted) / (double) right,
                bins);
    }

    /** Standard error of the accuracy as if examples were independent (binomial). */
    public double standardError() {
        return Math.sqrt(accuracy * (1 - accuracy) / examples);
    }

    private static List<Bin> bins(float[] logits, List<Boolean> labels) {
        int[] examples = new int[BINS];
        double[] scores = new double[BINS];
        int[] right = new int[BINS];
        for (int i = 0; i < logits.length; i++) {
            double score = Logistic.sigmoid(logits[i]);
            int bin = Math.min(BINS - 1, (int) (score * BINS));
            examples[bin]++;
            scores[bin] += score;
            right[bin] += labels.get(i) ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (examples[bin] > 0) {
                bins.add(new Bin(examples[bin], scores[bin] / examples[bin], right[bin] / (double) examples[bin]));
            }
        }
        return bins;
    }

    /** By the rank sum of Mann and Whitney, equal scores sharing their mean rank. */
    private static OptionalDouble auc(float[] logits, List<Boolean> labels, int right) {
        int wrong = logits.length - right;
        if (right == 0 || wrong == 0) {
            return OptionalDouble.empty();
        }
        List<Integer> order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> logits[i]))
                .toList();
        double rankSum = 0;
        for (int from = 0, to; from < order.size(); from = to) {
            to = from;
            int rightHere = 0;
            while (to < order.size() && logits[order.get(to)] == logits[order.get(from)]) {
                rightHere += labels.get(order.get(to)) ? 1 : 0;
                to++;
            }
            rankSum += rightHere * (from + 1 + to) / 2.0;
        }
        return OptionalDouble.of((rankSum - right * (right + 1) / 2.0) / ((double) right * wrong));
    }
}
