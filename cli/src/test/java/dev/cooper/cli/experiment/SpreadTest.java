package dev.cooper.cli.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    /** Published tables of Student's t, two-sided 5%. */
    @Test
    void quantilesAreThoseOfTheTables() {
        assertThat(StudentT.quantile(0.975, 1)).isCloseTo(12.706, within(5e-4));
        assertThat(StudentT.quantile(0.975, 2)).isCloseTo(4.303, within(5e-4));
        assertThat(StudentT.quantile(0.975, 3)).isCloseTo(3.182, within(5e-4));
        assertThat(StudentT.quantile(0.975, 4)).isCloseTo(2.776, within(5e-4));
        assertThat(StudentT.quantile(0.975, 9)).isCloseTo(2.262, within(5e-4));
        assertThat(StudentT.quantile(0.975, 30)).isCloseTo(2.042, within(5e-4));
        assertThat(StudentT.quantile(0.8, 2)).isCloseTo(1.061, within(5e-4));
        assertThat(StudentT.cumulative(0, 7)).isEqualTo(0.5);
    }

    @Test
    void threeRunsHaveTheirMeanDeviationAndInterval() {
        Spread spread = Spread.of(List.of(0.90, 0.92, 0.94));

        assertThat(spread.runs()).isEqualTo(3);
        assertThat(spread.mean()).isCloseTo(0.92, within(1e-12));
        assertThat(spread.deviation()).isCloseTo(0.02, within(1e-12));
        assertThat(spread.standardError()).isCloseTo(0.02 / Math.sqrt(3), within(1e-12));
        assertThat(spread.halfInterval()).isCloseTo(4.3027 * 0.02 / Math.sqrt(3), within(1e-5));
        assertThat(spread.detectable()).isCloseTo((4.3027 + 1.0607) * 0.02 / Math.sqrt(3), within(1e-5));
        assertThat(spread.chanceOfTwo()).isCloseTo(4.3027 * Math.sqrt(2) * 0.02, within(1e-5));
        assertThat(spread.low()).isEqualTo(0.90);
        assertThat(spread.high()).isEqualTo(0.94);
    }

    @Test
    void oneRunHasNoSpreadAndNoneHasNoMean() {
        assertThat(Spread.of(List.of(0.5)).standardError()).isNaN();
        assertThat(Spread.of(List.of(0.5)).detectable()).isNaN();
        assertThat(Spread.of(List.of(0.5)).chanceOfTwo()).isNaN();
        assertThat(Spread.of(List.of()).mean()).isNaN();
    }

    @Test
    void whatIsNotMeasuredDoesNotCount() {
        assertThat(Spread.of(List.of(0.5, Double.NaN)).runs()).isEqualTo(1);
    }
}
