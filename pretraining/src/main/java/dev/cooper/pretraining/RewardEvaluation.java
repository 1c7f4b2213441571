package dev.cooper.pretraining;

import dev.cooper.languagemodel.reward.ScoreQuality;
import java.util.List;

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
        ScoreQuality quality = ScoreQuality.of(
                logits, completions.stream().map(LabelledCompletion::correct).toList());
        return new RewardEvaluation(
                problems,
                logits.length,
                LabelledCompletion.correctShare(completions),
                quality.accuracy(),
                quality.auc().orElse(0.5));
    }

    /** Standard error of the accuracy as if completions of one problem were independent (binomial). */
    public double standardError() {
        return Math.sqrt(accuracy * (1 - accuracy) / completions);
    }
}
