package dev.cooper.cli.sizing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.cli.client.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTimeTest {

    private static RunShape paper(Mode mode, double completion) {
        return new RunShape(mode, 1.54e9, 1.54e9, 512, 16, 150, completion, 2012, false, true);
    }

    /** The table of docs/paper-run.md. */
    @ParameterizedTest
    @CsvSource({
        "500, 10.2, 12.6, 16.1, 48.2, 15.6, 2.3, 5.3",
        "1000, 16.7, 15.3, 17.4, 52.2, 9.5, 2.4, 3.2",
        "2000, 29.7, 17.1, 18.3, 54.9, 5.4, 2.6, 1.8"
    })
    void thePapersShapeCostsWhatThePageSays(
            double length,
            double total,
            double sampling,
            double reference,
            double training,
            double scoring,
            double perturbation,
            double update) {
        RunShape shape = paper(Mode.COOPER, length);
        assertThat(shape.total() / 1e16).isCloseTo(total, within(0.05));
        assertThat(100 * shape.sampling() / shape.total()).isCloseTo(sampling, within(0.05));
        assertThat(100 * shape.reference() / shape.total()).isCloseTo(reference, within(0.05));
        assertThat(100 * shape.training() / shape.total()).isCloseTo(training, within(0.05));
        assertThat(100 * shape.scoring() / shape.total()).isCloseTo(scoring, within(0.05));
        assertThat(100 * shape.perturbation() / shape.total()).isCloseTo(perturbation, within(0.05));
        assertThat(100 * shape.update() / shape.total()).isCloseTo(update, within(0.05));
    }

    @Test
    void scoringAndPairsCostOnlyWhatSamplingAndTrainingDoNotHide() {
        RunShape shape = paper(Mode.COOPER, 1000);
        RunTime fast = RunTime.of(shape, new Devices(8, 1, 5_000, 2.4e13, 10), 0);
        assertThat(fast.sampling()).isCloseTo(8_192_000 / 40_000.0, within(1e-9));
        assertThat(fast.scoringWait())
                .as("scoring takes longer than sampling on eight devices")
                .isCloseTo(shape.scoring() / 2.4e13 - fast.sampling(), within(1e-9));
        assertThat(fast.pairWait()).isZero();
        assertThat(fast.training()).isCloseTo((shape.training() + shape.reference()) / 2.4e13, within(1e-9));

        RunTime slow = RunTime.of(shape, new Devices(1, 8, 10, 1e18, 0), 0);
        assertThat(slow.scoringWait()).isZero();
        assertThat(slow.pairWait()).isCloseTo(512 * 0.75 * 1.5 * 1000 / 10 - slow.training(), within(1e-6));
    }

    @Test
    void whatAModeDoesNotHaveCostsNothingAndNeedsNoDevice() {
        Devices devices = new Devices(4, 2, 5_000, 2.4e13, 10);
        RunTime rule = RunTime.of(paper(Mode.RULE, 1000), devices, 0);
        assertThat(rule.scoringWait() + rule.pairWait() + rule.update()).isZero();
        assertThat(RunTime.devices(paper(Mode.RULE, 1000), devices)).isEqualTo(5);
        assertThat(RunTime.devices(paper(Mode.STATIC, 1000), devices)).isEqualTo(7);
        assertThat(RunTime.devices(paper(Mode.COOPER, 1000), devices)).isEqualTo(9);
    }

    @Test
    void evaluationsAreSpreadOverTheSteps() {
        RunTime time = RunTime.of(paper(Mode.RULE, 1000), new Devices(2, 1, 500, 2.4e13, 0), 3_104.8);
        assertThat(time.evaluation()).isCloseTo(3_104.8, within(1e-6));
        assertThat(time.days(10)).isCloseTo(time.step() * 10 / 86_400, within(1e-9));
    }
}
