package dev.cooper.pretraining;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a reward model does on the base's completions of held-out problems.
 *
 * @param problems number of problems
 * @param completions number of completions
 * @param correctShare share of the completions that are right
 * @param accuracy share whose score is above one half if and only if it is right
 * @param auc chance that a right completion scores above a wrong one, ties counted half; 0.5 if all are of one kind
 */
public record RewardEvaluation(int problems, int completions, double correctShare, double accuracy, double auc) {

    /** The figures of completions and their logits. */
    static RewardEvaluation of(List<LabelledCompletion> completions, float[] logits) {
        int problems = (int) completions.stream()
                .map(completion -> completion.problem().question())
                .distinct()
                .count();
        long agreeing = IntStream.range(0, logits.length)
                .filter(i -> logits[i] > 0 == completions.get(i).correct())
                .count();
        return new RewardEvaluation(
                problems,
                logits.length,
                LabelledCompletion.correctShare(completions),
                agreeing / (double) logits.length,
                auc(completions, logits));
    }

    /** Standard error of the accuracy as if completions of one problem were independent (binomial). */
    public double standardError() {
        return Math.sqrt(accuracy * (1 - accuracy) / completions);
    }

    /** Area under the curve by the rank sum of Mann and Whitney, equal scores sharing their mean rank. */
    private static double auc(List<LabelledCompletion> completions, float[] logits) {
        List<Integer> order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> logits[i]))
                .toList();
        double rankSum = 0;
        long right = 0;
        for (int from = 0, to; from < order.size(); from = to) {
            to = from;
            while (to < order.size() && logits[order.get(to)] == logits[order.get(from)]) {
                to++;
            }
            long rightHere = order.subList(from, to).stream()
                    .filter(i -> completions.get(i).correct())
                    .count();
            right += rightHere;
            rankSum += rightHere * (from + 1 + to) / 2.0;
        }
        long wrong = logits.length - right;
        return right == 0 || wrong == 0 ? 0.5 : (rankSum - right * (right + 1) / 2.0) / ((double) right * wrong);
    }
}
