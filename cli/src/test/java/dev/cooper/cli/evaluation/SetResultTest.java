package dev.cooper.cli.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.cli.evaluation.JudgedProblem.JudgedSample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetResultTest {

    private static JudgedProblem problem(String id, String... verdicts) {
        return new JudgedProblem(
                id,
                Arrays.stream(verdicts)
                        .map(verdict ->
                                new JudgedSample("text", verdict, "", verdict.equals("UNDECIDED") ? "" : "4", 10, true))
                        .toList());
    }

    @Test
    void accuracyIsAMeanOverProblemsWithItsStandardError() {
        SetResult result = SetResult.of(
                "set",
                List.of(
                        problem("1", "CORRECT", "CORRECT"),
                        problem("2", "CORRECT", "INCORRECT"),
                        problem("3", "INCORRECT", "UNDECIDED")),
                2);

        assertThat(result.accuracy()).isEqualTo(0.5);
        // Shares 1, .5, 0: their standard deviation is .5, of the mean of three .5/√3.
        assertThat(result.standardError()).isCloseTo(0.5 / Math.sqrt(3), within(1e-12));
        assertThat(result.passAtK()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(result.answered()).isCloseTo(5.0 / 6, within(1e-12));
    }

    @Test
    void unscorableProblemsAreLeftOutAndCounted() {
        SetResult result = SetResult.of("set", List.of(problem("1", "CORRECT"), problem("2", "UNSCORABLE")), 1);

        assertThat(result.problems()).isEqualTo(1);
        assertThat(result.unscorable()).isEqualTo(1);
        assertThat(result.accuracy()).isEqualTo(1);
        assertThat(result.standardError()).isZero();
    }
}
