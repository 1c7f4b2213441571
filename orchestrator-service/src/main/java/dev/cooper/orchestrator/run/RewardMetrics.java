package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
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
    /** Scores of a group that are no further apart teach little but noise. */
    private static final double FLAT = 0.01;

    private RewardMetrics() {}

    /**
     * A completion with both judgements.
     *
     * @param logit of the reward model; decides the order, since scores near 1 run together
     * @param score its sigmoid
     * @param tokens of the completion
     * @param readable whether it has an answer that could be extracted
     */
    record Rated(double logit, double score, VerdictKind verdict, int tokens, boolean readable) {
        Rated {
            if (!Double.isFinite(logit) || !Double.isFinite(score)) {
                throw new IllegalArgumentException("a score must be finite, is " + score + " (logit " + logit + ")");
            }
        }

        boolean isLiked() {
            return score > LIKED;
        }
    }

    static Map<String, Double> of(List<Judged> groups) {
        List<List<Rated>> rated = groups.stream()
                .filter(Judged::hasReference)
                .map(RewardMetrics::rated)
                .toList();
        Map<String, Double> measured =
                measure(rated.stream().flatMap(List::stream).toList());
        if (!rated.isEmpty()) {
            long flat = rated.stream().filter(RewardMetrics::isFlat).count();
            measured.put("score_flat_groups_share", (double) flat / rated.size());
        }
        return measured;
    }

    private static boolean isFlat(List<Rated> group) {
        DoubleSummaryStatistics scores =
                group.stream().mapToDouble(Rated::score).summaryStatistics();
        return scores.getMax() - scores.getMin() < FLAT;
    }

    private static List<Rated> rated(Judged group) {
        List<Rated> rated = new ArrayList<>();
        for (int i = 0; i < group.verdicts().getVerdictsCount(); i++) {
            Score score = group.scores().getScores(i);
            Verdict verdict = group.verdicts().getVerdicts(i);
            rated.add(new Rated(
                    score.getLogit(),
                    score.getScore(),
                    verdict.getKind(),
                    group.rollouts().getRollouts().getCompletions(i).getTokenIdsCount(),
                    !verdict.getExtractedAnswer().isEmpty()));
        }
        return rated;
    }

    /**
     * score_mean, score_std, score_gap (score_mean less the share of CORRECT), the numbers that they rest on,
     * reward_accuracy and reward_auc (over CORRECT and INCORRECT), false_positive_share (of the INCORRECT) and what the
     * false positives look like. What cannot be told, for want of completions of a kind, is not in the map.
     */
    static Map<String, Double> measure(List<Rated> completions) {
        Map<String, Double> measured = new TreeMap<>();
        if (completions.isEmpty()) {
            return measured;
        }
        List<Rated> right = of(VerdictKind.CORRECT, completions);
        List<Rated> wrong = of(VerdictKind.INCORRECT, completions);
        List<Rated> likedWrong = wrong.stream().filter(Rated::isLiked).toList();
        putScores(measured, completions, right.size());
        measured.put("score_completions", (double) completions.size());
        measured.put("score_correct", (double) right.size());
        measured.put("score_incorrect", (double) wrong.size());
        long likedRight = right.stream().filter(Rated::isLiked).count();
        int decided = right.size() + wrong.size();
        if (decided > 0) {
            measured.put("reward_accuracy", (double) (likedRight + wrong.size() - likedWrong.size()) / decided);
        }
        if (!wrong.isEmpty()) {
            measured.put("false_positive_share", (double) likedWrong.size() / wrong.size());
        }
        if (!right.isEmpty() && !wrong.isEmpty()) {
            measured.put("reward_auc", auc(right, wrong));
        }
        putLooks(measured, likedWrong);
        return measured;
    }

    private static void putScores(Map<String, Double> measured, List<Rated> completions, int right) {
        double mean = completions.stream().mapToDouble(Rated::score).sum() / completions.size();
        double squares = completions.stream()
                .mapToDouble(rated -> (rated.score() - mean) * (rated.score() - mean))
                .sum();
        measured.put("score_mean", mean);
        measured.put("score_gap", mean - (double) right / completions.size());
        if (completions.size() > 1) {
            measured.put("score_std", Math.sqrt(squares / (completions.size() - 1)));
        }
    }

    private static void putLooks(Map<String, Double> measured, List<Rated> likedWrong) {
        if (!likedWrong.isEmpty()) {
            double tokens = likedWrong.stream().mapToDouble(Rated::tokens).sum();
            long readable = likedWrong.stream().filter(Rated::readable).count();
            measured.put("false_positive_length_mean", tokens / likedWrong.size());
            measured.put("false_positive_format_share", (double) readable / likedWrong.size());
        }
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
