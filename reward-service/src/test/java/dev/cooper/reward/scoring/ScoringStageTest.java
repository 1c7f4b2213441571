package dev.cooper.reward.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScoringStageTest {

    private final ScoringStage stage = new ScoringStage();

    @Test
    void modeRuleClosesTheLineWithoutScores() {
        VerifiedGroup group = verified(Mode.RULE);

        ScoredGroup scored = stage.process(group);

        assertThat(scored.getVerified()).isEqualTo(group);
        assertThat(scored.hasScores()).isTrue();
        assertThat(scored.getScores().getScoresCount()).isZero();
        assertThat(scored.getScores().hasReward()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"STATIC", "COOPER"})
    void aModeWithARewardModelIsRefused(Mode mode) {
        assertThatThrownBy(() -> stage.process(verified(mode)))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT))
                .hasMessageContaining("mode " + mode.name().toLowerCase(Locale.ROOT))
                .hasMessageContaining("this build does not have");
    }

    @Test
    void aGroupWithoutAModeIsBadInput() {
        assertThatThrownBy(() -> stage.process(verified(Mode.MODE_UNSPECIFIED)))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.field()).contains("mode"));
    }

    @Test
    void aGroupWithoutVerdictsIsBadInput() {
        VerifiedGroup group = verified(Mode.RULE).toBuilder().clearVerdicts().build();

        assertThatThrownBy(() -> stage.process(group)).hasMessageContaining("neither verdicts nor a failure");
    }

    @Test
    void evaluationsAreNotItsBusiness() {
        var training = TestingGroups.group(0, 1);
        var evaluation = training.toBuilder().setPurpose(Purpose.EVALUATION).build();

        assertThat(stage.wants(GroupHeaders.of(training))).isTrue();
        assertThat(stage.wants(GroupHeaders.of(evaluation))).isFalse();
    }

    private static VerifiedGroup verified(Mode mode) {
        var rollouts = TestingGroups.rollouts(TestingGroups.group(0, 1), "\\boxed{42}").toBuilder();
        rollouts.getRequestBuilder().setMode(mode);
        return VerifiedGroup.newBuilder()
                .setRollouts(rollouts)
                .setVerdicts(
                        Verdicts.newBuilder().addVerdicts(Verdict.newBuilder().setKind(VerdictKind.CORRECT)))
                .build();
    }
}
