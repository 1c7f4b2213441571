package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.NoPairReason;
import dev.cooper.proto.v1.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is measured of a step's pairs while they are counted. Not for several threads. */
final class PairFigures {

    private static final String NONE = "pairs_none";

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Integer> attempts = new ArrayList<>();
    private final Map<String, Double> counts = new TreeMap<>();

    void paired(Pair pair) {
        pairs.add(pair);
        attempts.add(pair.getAttempts());
        count("pairs_" + name(pair.getSource()));
        if (pair.getAttempts() > 0) {
            count("pairs_at_attempt_" + pair.getAttempts());
        }
        rejected(pair.getRejectedList());
    }

    void none(NoPair none) {
        attempts.add(none.getAttempts());
        none(none.getReason());
        rejected(none.getRejectedList());
    }

    /** A group without a pair, for a reason of any kind. */
    void none(Enum<?> reason) {
        count(NONE);
        count(NONE + "_" + name(reason));
    }

    private void rejected(List<NoPairReason> reasons) {
        reasons.forEach(reason -> count("pair_texts_rejected_" + name(reason)));
    }

    private void count(String metric) {
        counts.merge(metric, 1.0, Double::sum);
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * pairs, pairs_{source}, pairs_at_attempt_{n}; pairs_none, pairs_none_{reason}; pair_texts, pair_attempts_mean over
     * the groups that needed a text, pair_texts_rejected_{reason}; pair_length_ratio_mean, pair_digit_copy_share over
     * the pairs. What was never counted and what there is no mean of is not in the map.
     */
    Map<String, Double> measured() {
        Map<String, Double> measured = new TreeMap<>(counts);
        measured.put("pairs", (double) pairs.size());
        measured.putIfAbsent(NONE, 0.0);
        measured.put("pair_texts", (double) attempts.stream().mapToInt(n -> n).sum());
        attempts.stream()
                .mapToInt(n -> n)
                .filter(n -> n > 0)
                .average()
                .ifPresent(mean -> measured.put("pair_attempts_mean", mean));
        // Pairs of before the words were counted have no ratio.
        pairs.stream()
                .mapToDouble(Pair::getLengthRatio)
                .filter(ratio -> ratio > 0)
                .average()
                .ifPresent(mean -> measured.put("pair_length_ratio_mean", mean));
        pairs.stream()
                .mapToInt(pair -> pair.getDigitCopy() ? 1 : 0)
                .average()
                .ifPresent(share -> measured.put("pair_digit_copy_share", share));
        return measured;
    }
}
