package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.orchestrator.run.RewardMetrics.Rated;
import dev.cooper.proto.v1.VerdictKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewardMetricsTest {

    private static Rated rated(double logit, VerdictKind verdict) {
        return rated(logit, 1 / (1 + Math.exp(-logit)), verdict);
    }

    private static Rated rated(double logit, double score, VerdictKind verdict) {
        return new Rated(logit, score, verdict, 10, true);
    }

    private static Rated right(double logit) {
        return rated(logit, VerdictKind.CORRECT);
    }

    private static Rated wrong(double logit) {
        return rated(logit, VerdictKind.INCORRECT);
    }

    private static double auc(Rated... completions) {
        return RewardMetrics.measure(List.of(completions)).getOrDefault("reward_auc", Double.NaN);
    }

    @Test
    void valuesAreThoseMadeByHand() {
        Map<String, Double> measured = RewardMetrics.measure(List.of(
                rated(2, 0.9, VerdictKind.CORRECT),
                rated(-1, 0.25, VerdictKind.CORRECT),
                new Rated(1, 0.75, VerdictKind.INCORRECT, 7, true),
                new Rated(0.5, 0.6, VerdictKind.INCORRECT, 10, false),
                rated(-2, 0.1, VerdictKind.INCORRECT),
                rated(-3, 0.05, VerdictKind.INCORRECT),
                rated(3, 0.95, VerdictKind.UNDECIDED)));

        Map<String, Double> expected = Map.ofEntries(
                Map.entry("score_mean", 3.6 / 7),
                Map.entry("score_std", Math.sqrt((2.71 - 3.6 * 3.6 / 7) / 6)),
                Map.entry("score_gap", 3.6 / 7 - 2.0 / 7),
                Map.entry("score_completions", 7.0),
                Map.entry("score_correct", 2.0),
                Map.entry("score_incorrect", 4.0),
                // Right about 0.9, 0.1 and 0.05, of six that are decided.
                Map.entry("reward_accuracy", 0.5),
                // 2 beats all four, -1 beats two: six of eight.
                Map.entry("reward_auc", 0.75),
                Map.entry("false_positive_share", 0.5),
                Map.entry("false_positive_length_mean", 8.5),
                Map.entry("false_positive_format_share", 0.5));
        assertThat(measured).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (name, value) -> assertThat(measured.get(name)).as(name).isCloseTo(value, within(1e-12)));
    }

    @Test
    void equalLogitsCountHalf() {
        assertThat(auc(right(1), wrong(1))).isEqualTo(0.5);
        assertThat(auc(right(1), right(1), wrong(1), wrong(0))).isEqualTo(0.75);
        assertThat(auc(wrong(0), right(0), wrong(0), right(0), right(5))).isCloseTo(4.0 / 6, within(1e-12));
        assertThat(auc(right(2), wrong(1))).isEqualTo(1);
        assertThat(auc(right(1), wrong(2))).isZero();
    }

    @Test
    void scoresThatRunTogetherAreOrderedByTheirLogits() {
        assertThat(auc(right(800), wrong(700))).isEqualTo(1);
    }

    @Test
    void whatCannotBeToldIsAbsent() {
        assertThat(RewardMetrics.measure(List.of(right(1))))
                .containsKey("reward_accuracy")
                .doesNotContainKeys("score_std", "reward_auc", "false_positive_share", "false_positive_length_mean");
        assertThat(RewardMetrics.measure(List.of(wrong(-1))))
                .containsEntry("false_positive_share", 0.0)
                .doesNotContainKeys("reward_auc", "false_positive_length_mean", "false_positive_format_share");
        assertThat(RewardMetrics.measure(List.of(rated(1, VerdictKind.UNDECIDED))))
                .containsKeys("score_mean", "score_gap")
                .doesNotContainKeys("reward_accuracy", "false_positive_share");
        assertThat(RewardMetrics.measure(List.of())).isEmpty();
    }

    @Test
    void scoresThatAreNotNumbersAreRefused() {
        assertThatThrownBy(() -> rated(Double.NaN, 0.5, VerdictKind.CORRECT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rated(0, Double.POSITIVE_INFINITY, VerdictKind.CORRECT))
                .hasMessageContaining("Infinity");
    }
}
