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
        return new Rated(logit, 1 / (1 + Math.exp(-logit)), verdict);
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
                new Rated(2, 0.9, VerdictKind.CORRECT),
                new Rated(-1, 0.25, VerdictKind.CORRECT),
                new Rated(1, 0.75, VerdictKind.INCORRECT),
                new Rated(-2, 0.1, VerdictKind.INCORRECT),
                new Rated(-3, 0.05, VerdictKind.INCORRECT),
                new Rated(3, 0.95, VerdictKind.UNDECIDED)));

        assertThat(measured)
                .containsOnlyKeys("score_mean", "score_gap", "reward_accuracy", "reward_auc", "false_positive_share");
        assertThat(measured.get("score_mean")).isCloseTo(0.5, within(1e-12));
        assertThat(measured.get("score_gap")).isCloseTo(0.5 - 2.0 / 6, within(1e-12));
        // Right about 0.9, 0.1 and 0.05, of five that are decided.
        assertThat(measured.get("reward_accuracy")).isCloseTo(0.6, within(1e-12));
        assertThat(measured.get("false_positive_share")).isCloseTo(1.0 / 3, within(1e-12));
        // 2 beats all three, -1 beats two: five of six.
        assertThat(measured.get("reward_auc")).isCloseTo(5.0 / 6, within(1e-12));
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
                .containsOnlyKeys("score_mean", "score_gap", "reward_accuracy");
        assertThat(RewardMetrics.measure(List.of(wrong(1))))
                .containsOnlyKeys("score_mean", "score_gap", "reward_accuracy", "false_positive_share");
        assertThat(RewardMetrics.measure(List.of(rated(1, VerdictKind.UNDECIDED))))
                .containsOnlyKeys("score_mean", "score_gap");
        assertThat(RewardMetrics.measure(List.of())).isEmpty();
    }

    @Test
    void scoresThatAreNotNumbersAreRefused() {
        assertThatThrownBy(() -> new Rated(Double.NaN, 0.5, VerdictKind.CORRECT))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rated(0, Double.POSITIVE_INFINITY, VerdictKind.CORRECT))
                .hasMessageContaining("Infinity");
    }
}
