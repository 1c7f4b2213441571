package dev.cooper.languagemodel.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreQualityTest {

    private static float logit(double score) {
        return (float) Math.log(score / (1 - score));
    }

    @Test
    void errorsOfBothKindsAreTold() {
        ScoreQuality quality = ScoreQuality.of(new float[] {2, -1, 1, -3, 4}, List.of(true, true, false, false, false));
        assertThat(quality.accuracy()).isEqualTo(2 / 5.0);
        assertThat(quality.falseAccepts()).isEqualTo(2 / 3.0);
        assertThat(quality.falseRejects()).isEqualTo(1 / 2.0);
        // Pairs (right, wrong): 2 over 1 and -3, -1 over -3; three of six.
        assertThat(quality.auc()).hasValueCloseTo(0.5, within(1e-12));
    }

    @Test
    void calibrationErrorIsTheMeanDistanceOfShareAndScoreInABin() {
        ScoreQuality quality = ScoreQuality.of(
                new float[] {logit(0.85), logit(0.85), logit(0.85), logit(0.25)}, List.of(true, true, false, false));
        assertThat(quality.reliability()).hasSize(2);
        assertThat(quality.reliability().getLast().right()).isEqualTo(2 / 3.0);
        assertThat(quality.calibrationError()).isCloseTo(3 / 4.0 * (0.85 - 2 / 3.0) + 1 / 4.0 * 0.25, within(1e-6));
    }

    @Test
    void aScoreOfOneFallsIntoTheLastBin() {
        assertThat(ScoreQuality.of(new float[] {1000}, List.of(true)).reliability())
                .containsExactly(new ScoreQuality.Bin(1, 1, 1));
    }

    @Test
    void withoutBothKindsThereIsNothingToRank() {
        assertThat(ScoreQuality.of(new float[] {1, 2}, List.of(true, true)).auc())
                .isEmpty();
        assertThatThrownBy(() -> ScoreQuality.of(new float[0], List.of())).hasMessageContaining("at least one");
    }
}
