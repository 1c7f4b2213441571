package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.VerdictKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The reward model against the rule, over the completions of a step: is it right where the rule is decided, and does it
 * pay for what the rule refuses? Groups whose reference cannot be read are left out, as they are in training.
 */
final class RewardMetrics {

    /** A completion counts as liked above this score. */
    private static final double LIKED = 0.5;

    private RewardMetrics() {}

    /**
     * A completion with both judgements.
     *
     * @param logit of the reward model; decides the order, since scores near 1 run together
     * @param score its sigmoid
     */
    record Rated(double logit, double score, VerdictKind verdict) {
        Rated {
            if (!Double.isFinite(logit) || !Double.isFinite(score)) {
                throw new IllegalArgumentException("a score must be finite, is " + score + " (logit " + logit + ")");
            }
        }
    }

    static Map<String, Double> of(List<Judged> groups) {
        return measure(groups.stream()
                .filter(RewardMetrics::hasReference)
                .flatMap(group -> rated(group).stream())
                .toList());
    }

    private static boolean hasReference(Judged group) {
        return group.verdicts().getVerdictsList().stream()
                .noneMatch(verdict -> verdict.getKind() == VerdictKind.UNSCORABLE);
    }

    private static List<Rated> rated(Judged group) {
        List<Rated> rated = new ArrayList<>();
        for (int i = 0; i < group.verdicts().getVerdictsCount(); i++) {
            Score score = group.scores().getScores(i);
            rated.add(new Rated(
                    score.getLogit(),
                    score.getScore(),
                    group.verdicts().getVerdicts(i).getKind()));
        }
        return rated;
    }

    /**
     * score_mean, score_gap (score_mean less the share of CORRECT), reward_accuracy and reward_auc (over CORRECT and
     * INCORRECT), false_positive_share (of the INCORRECT). What cannot be told, for want of completions of a kind, is
     * not in the map.
     */
    static Map<String, Double> measure(List<Rated> completions) {
        Map<String, Double> measured = new TreeMap<>();
        if (completions.isEmpty()) {
            return measured;
        }
        List<Rated> right = of(VerdictKind.CORRECT, completions);
        List<Rated> wrong = of(VerdictKind.INCORRECT, completions);
        double mean = completions.stream().mapToDouble(Rated::score).sum() / completions.size();
        measured.put("score_mean", mean);
        measured.put("score_gap", mean - (double) right.size() / completions.size());
        long likedRight = right.stream().filter(rated -> rated.score() > LIKED).count();
        long likedWrong = wrong.stream().filter(rated -> rated.score() > LIKED).count();
        int decided = right.size() + wrong.size();
        if (decided > 0) {
            measured.put("reward_accuracy", (double) (likedRight + wrong.size() - likedWrong) / decided);
        }
        if (!wrong.isEmpty()) {
            measured.put("false_positive_share", (double) likedWrong / wrong.size());
        }
        if (!right.isEmpty() && !wrong.isEmpty()) {
            measured.put("reward_auc", auc(right, wrong));
        }
        return measured;
    }

    private static List<Rated> of(VerdictKind kind, List<Rated> completions) {
        return completions.stream().filter(rated -> rated.verdict() == kind).toList();
    }

    /**
     * Area under the ROC curve by ranks (Mann and Whitney's U): the share of pairs of a right and a wrong completion in
     * which the right one has the higher logit; equal ones count half.
     */
    private static double auc(List<Rated> right, List<Rated> wrong) {
        List<Rated> all = new ArrayList<>(right);
        all.addAll(wrong);
        all.sort(Comparator.comparingDouble(Rated::logit));
        double ranksOfRight = 0;
        for (int from = 0; from < all.size(); ) {
            int to = from;
            long rightOnes = 0;
            while (to < all.size() && all.get(to).logit() == all.get(from).logit()) {
                rightOnes += all.get(to).verdict() == VerdictKind.CORRECT ? 1 : 0;
                to++;
            }
            // Equal logits share the mean of their ranks, which count from 1.
            ranksOfRight += rightOnes * (from + 1 + to) / 2.0;
            from = to;
        }
        double n = right.size();
        return (ranksOfRight - n * (n + 1) / 2) / (n * wrong.size());
    }
}
