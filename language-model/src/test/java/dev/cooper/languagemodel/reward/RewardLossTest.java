package dev.cooper.languagemodel.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.torch.Losses;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardLossTest {
    private static final class Computed {
        final double[] gradient;
        final double[] sums;

        Computed(Losses.Part part) {
            gradient = Transfers.doubles(part.gradient());
            sums = Transfers.doubles(part.sums());
        }
    }

    /** By hand: −log σ(0) = log 2; σ(log 3) = 3/4, σ(−log 3) = 1/4. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.6931471805599453, -0.5",
        "1.0986122886681098, 0.2876820724517809, -0.25",
        "-1.0986122886681098, 1.3862943611198906, -0.75"
    })
    void aPairsLossIsThatOfItsMargin(double margin, double loss, double derivative) {
        Computed pair = pairs(1, margin + 5, 5);
        assertThat(pair.sums).containsExactly(new double[] {loss, margin > 0 ? 1 : 0, margin}, within(1e-14));
        assertThat(pair.gradient).containsExactly(new double[] {derivative, -derivative}, within(1e-14));
    }

    /** By hand, at logit log 3, where the score is 3/4: labels 1, 0 and a half. */
    @ParameterizedTest
    @CsvSource({"1, 0.2876820724517809, -0.25, 1", "0, 1.3862943611198906, 0.75, 0", "0.5, 0.8369882167858358, 0.25, 0"
    })
    void aLabelsLossIsTheCrossEntropy(double label, double loss, double derivative, double right) {
        Computed example = labels(1, new double[] {label}, Math.log(3));
        assertThat(example.sums).containsExactly(new double[] {loss, right}, within(1e-15));
        assertThat(example.gradient).containsExactly(new double[] {derivative}, within(1e-15));
    }

    @Test
    void severalTermsAddUpAndKeepTheirPlaces() {
        Computed pairs = pairs(2, 1, 0, 0, 3);
        assertThat(pairs.sums)
                .containsExactly(
                        new double[] {(Math.log1p(Math.exp(-1)) + Math.log1p(Math.exp(3))) / 2, 1, -2}, within(1e-14));
        assertThat(pairs.gradient[0]).isEqualTo(-pairs.gradient[1]).isBetween(-0.25, 0.0);
        assertThat(pairs.gradient[2]).isEqualTo(-pairs.gradient[3]).isBetween(-0.5, -0.25);
        assertThat(labels(2, new double[] {1, 0}, 4, 4).sums[1]).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -4, -0.3, 0, 0.7, 5, 30})
    void derivativesEqualFiniteDifferences(double x) {
        double h = 1e-5;
        double pair = (pairs(3, x + h, 0).sums[0] - pairs(3, x - h, 0).sums[0]) / (2 * h);
        assertThat(pairs(3, x, 0).gradient[0]).isCloseTo(pair, within(1e-9));
        for (double label : new double[] {0, 0.2, 1}) {
            double[] one = {label};
            double example = (labels(3, one, x + h).sums[0] - labels(3, one, x - h).sums[0]) / (2 * h);
            assertThat(labels(3, one, x).gradient[0]).isCloseTo(example, within(1e-9));
        }
    }

    @Test
    void extremeLogitsStayFinite() {
        assertThat(pairs(2, -2000, 0).sums[0]).isEqualTo(1000);
        assertThat(pairs(2, -2000, 0).gradient).containsExactly(-0.5, 0.5);
        assertThat(pairs(2, 2000, 0).sums[0]).isZero();
        assertThat(labels(1, new double[] {0}, 2000).sums[0]).isEqualTo(2000);
        assertThat(labels(1, new double[] {0}, 2000).gradient).containsExactly(1);
        assertThat(Logistic.sigmoid(-2000)).isZero();
        assertThat(Logistic.sigmoid(2000)).isEqualTo(1);
        assertThat(Logistic.sigmoid(Math.log(3))).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void whatIsNoLossIsRefused() {
        assertThatThrownBy(() -> pairs(0, 1, 2)).hasMessageContaining("denominator");
        assertThatThrownBy(() -> labels(1, new double[] {1.5}, 1)).hasMessageContaining("1.5");
    }

    private static Computed pairs(double denominator, double... logits) {
        return computed(array -> RewardLoss.ofPairs(array, denominator), logits);
    }

    private static Computed labels(double denominator, double[] labels, double... logits) {
        return computed(array -> RewardLoss.ofLabels(array, labels, denominator), logits);
    }

    private static Computed computed(Function<NDArray, Losses.Part> loss, double... logits) {
        try (NDManager scope = TorchEngine.newManager()) {
            return new Computed(loss.apply(Transfers.send(scope, logits, new Shape(logits.length))));
        }
    }
}
