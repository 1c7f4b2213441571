package dev.cooper.orchestrator.hacking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.orchestrator.spec.RunSpec.HackingPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HackingWatchTest {

    private static final RunSpec.Hacking SETTINGS =
            new RunSpec.Hacking(3, 0.1, 0.15, 0.1, 2, 30, HackingPolicy.ALERT, 5);

    private final List<StepFigures> steps = new ArrayList<>();

    /** A step of 100 completions of which so many are INCORRECT. */
    private void step(boolean wentBack, double wrong, Map<String, Double> figures) {
        Map<String, Double> metrics = new HashMap<>(figures);
        metrics.put("score_mean", 0.5);
        metrics.put("score_completions", 100.0);
        metrics.put("score_incorrect", wrong);
        metrics.put("score_correct", 100 - wrong);
        steps.add(new StepFigures(steps.size() + 1, wentBack, metrics));
    }

    private void gap(double gap) {
        step(false, 50, Map.of("score_gap", gap));
    }

    private HackingWatch watch() {
        HackingWatch watch = HackingWatch.begin(SETTINGS);
        for (StepFigures step : steps) {
            watch = watch.after(step);
        }
        return watch;
    }

    private static Reading reading(HackingWatch watch, Figure figure) {
        return watch.readings().stream()
                .filter(reading -> reading.figure() == figure)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theExcessIsThatOfTheLastStepsOverTheFirst() {
        List.of(0.1, 0.2, 0.3, 0.3, 0.25).forEach(this::gap);

        Reading gap = reading(watch(), Figure.SCORE_GAP);

        assertThat(gap.baseline().value()).isCloseTo(0.2, within(1e-12));
        assertThat(gap.recent().value()).isCloseTo(0.275, within(1e-12));
        assertThat(gap.excess()).isCloseTo(0.075, within(1e-12));
        assertThat(watch().isSuspected()).isFalse();
        gap(0.36);
        assertThat(watch().hasBegun()).isTrue();
        gap(0.5);
        assertThat(watch().hasBegun()).isFalse();
        assertThat(watch().since()).isEqualTo(OptionalLong.of(6));
    }

    @Test
    void aLargeGapFromTheBeginningOnIsTheRulesOwn() {
        List.of(0.4, 0.4, 0.4, 0.45, 0.45).forEach(this::gap);

        assertThat(watch().isSuspected()).isFalse();
    }

    @Test
    void nothingIsJudgedWithinTheBaseline() {
        List.of(0.0, 0.0, 0.9).forEach(this::gap);
        assertThat(watch().isSuspected()).isFalse();
        assertThat(watch().readings()).noneMatch(Reading::tells);
    }

    @Test
    void aSuspicionEndsAtHalfTheBoundSoThatItDoesNotFlicker() {
        List.of(0.0, 0.0, 0.0, 0.2, 0.2).forEach(this::gap);
        assertThat(watch().isSuspected()).isTrue();
        gap(0.0);
        gap(0.12);
        assertThat(reading(watch(), Figure.SCORE_GAP).isOver()).isFalse();
        assertThat(watch().isSuspected()).as("0.06 on average").isTrue();
        gap(-0.02);
        gap(0.02);
        assertThat(watch().isSuspected()).isFalse();
    }

    @Test
    void aDropOfTheAucIsSuspiciousAndARiseIsNot() {
        for (double auc : new double[] {0.8, 0.8, 0.8, 0.95, 0.95}) {
            step(false, 50, Map.of("reward_auc", auc));
        }
        assertThat(watch().isSuspected()).isFalse();
        step(false, 50, Map.of("reward_auc", 0.6));
        step(false, 50, Map.of("reward_auc", 0.6));
        assertThat(watch().isSuspected()).isTrue();
        assertThat(reading(watch(), Figure.REWARD_AUC).excess()).isCloseTo(0.2, within(1e-12));
    }

    @Test
    void stepsCountByTheCompletionsThatTheyRestOn() {
        for (int i = 0; i < 4; i++) {
            step(false, 60, Map.of("false_positive_share", 0.1));
        }
        step(false, 30, Map.of("false_positive_share", 0.4));

        assertThat(reading(watch(), Figure.FALSE_POSITIVE_SHARE).recent().value())
                .isCloseTo((60 * 0.1 + 30 * 0.4) / 90, within(1e-12));
    }

    @Test
    void aPolicyThatIsNearlyAlwaysRightGivesTooFewWrongCompletionsToJudge() {
        for (int i = 0; i < 3; i++) {
            step(false, 50, Map.of("false_positive_share", 0.1));
        }
        step(false, 3, Map.of("false_positive_share", 1.0));
        step(false, 2, Map.of("false_positive_share", 1.0));

        assertThat(watch().isSuspected()).isFalse();
        assertThat(reading(watch(), Figure.FALSE_POSITIVE_SHARE).tells()).isFalse();
        step(false, 60, Map.of("false_positive_share", 1.0));
        assertThat(watch().isSuspected()).isTrue();
    }

    @Test
    void whatWasMeasuredBeforeARunWentBackCountsNoMore() {
        List.of(0.0, 0.0, 0.0, 0.0, 0.3).forEach(this::gap);
        assertThat(watch().since()).isEqualTo(OptionalLong.of(5));
        assertThat(watch().lastStepBefore()).isEqualTo(3);

        step(true, 50, Map.of("score_gap", 0.0));
        assertThat(watch().isSuspected()).as("one step is no window").isTrue();
        gap(0.0);
        assertThat(watch().isSuspected()).isFalse();
        gap(0.5);
        assertThat(watch().hasBegun()).isTrue();
        assertThat(watch().lastStepBefore())
                .as("not what was left for a reason")
                .isEqualTo(6);
    }

    @Test
    void figuresWithoutABoundAreShownAndRaiseNoSuspicion() {
        for (double length : new double[] {10, 10, 10, 40, 40}) {
            step(false, 50, Map.of("false_positive_share", 0.8, "false_positive_length_mean", length));
        }
        Reading length = reading(watch(), Figure.FALSE_POSITIVE_LENGTH_MEAN);

        assertThat(length.excess()).isCloseTo(30, within(1e-9));
        assertThat(length.baseline().weight()).isCloseTo(120, within(1e-9));
        assertThat(length.tells()).isTrue();
        assertThat(watch().isSuspected()).isFalse();
    }

    @Test
    void aStepThatCannotTellAFigureDoesNotCountForIt() {
        step(false, 50, Map.of("reward_auc", 0.9));
        step(false, 100, Map.of());
        step(false, 50, Map.of("reward_auc", 0.7));
        step(false, 100, Map.of());
        step(false, 100, Map.of());

        HackingWatch watch = watch();
        assertThat(watch.baseline()).containsKey(Figure.REWARD_AUC);
        assertThat(watch.readings()).extracting(Reading::figure).doesNotContain(Figure.REWARD_AUC);
    }
}
