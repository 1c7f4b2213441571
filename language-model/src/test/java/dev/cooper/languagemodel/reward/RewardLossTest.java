package dev.cooper.languagemodel.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardLossTest {
    /** By hand: −log σ(0) = log 2; σ(log 3) = 3/4, σ(−log 3) = 1/4. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.6931471805599453, -0.5",
        "1.0986122886681098, 0.2876820724517809, -0.25",
        "-1.0986122886681098, 1.3862943611198906, -0.75"
    })
    void aPairsLossIsThatOfItsMargin(double margin, double loss, double derivative) {
        RewardLoss.Term term = RewardLoss.ofPair(margin, 1);
        assertThat(term.loss()).isCloseTo(loss, within(1e-15));
        assertThat(term.derivative()).isCloseTo(derivative, within(1e-15));
    }

    /** By hand, at logit log 3, where the score is 3/4: labels 1, 0 and a half. */
    @ParameterizedTest
    @CsvSource({"1, 0.2876820724517809, -0.25", "0, 1.3862943611198906, 0.75", "0.5, 0.8369882167858358, 0.25"})
    void aLabelsLossIsTheCrossEntropy(double label, double loss, double derivative) {
        RewardLoss.Term term = RewardLoss.ofLabel(Math.log(3), label, 1);
        assertThat(term.loss()).isCloseTo(loss, within(1e-15));
        assertThat(term.derivative()).isCloseTo(derivative, within(1e-15));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-30, -4, -0.3, 0, 0.7, 5, 30})
    void derivativesEqualFiniteDifferences(double x) {
        double h = 1e-5;
        double pair = (RewardLoss.ofPair(x + h, 3).loss()
                        - RewardLoss.ofPair(x - h, 3).loss())
                / (2 * h);
        assertThat(RewardLoss.ofPair(x, 3).derivative()).isCloseTo(pair, within(1e-9));
        for (double label : new double[] {0, 0.2, 1}) {
            double example = (RewardLoss.ofLabel(x + h, label, 3).loss()
                            - RewardLoss.ofLabel(x - h, label, 3).loss())
                    / (2 * h);
            assertThat(RewardLoss.ofLabel(x, label, 3).derivative()).isCloseTo(example, within(1e-9));
        }
    }

    @Test
    void extremeLogitsStayFinite() {
        assertThat(RewardLoss.ofPair(-2000, 2)).isEqualTo(new RewardLoss.Term(1000, -0.5));
        assertThat(RewardLoss.ofPair(2000, 2)).isEqualTo(new RewardLoss.Term(0, -0.0));
        assertThat(RewardLoss.ofLabel(2000, 0, 1)).isEqualTo(new RewardLoss.Term(2000, 1));
        assertThat(Logistic.sigmoid(-2000)).isZero();
        assertThat(Logistic.sigmoid(2000)).isEqualTo(1);
        assertThat(Logistic.sigmoid(Math.log(3))).isCloseTo(0.75, within(1e-15));
    }

    @Test
    void whatIsNoLossIsRefused() {
        assertThatThrownBy(() -> RewardLoss.ofPair(1, 0)).hasMessageContaining("denominator");
        assertThatThrownBy(() -> RewardLoss.ofLabel(1, 1.5, 1)).hasMessageContaining("1.5");
    }
}
