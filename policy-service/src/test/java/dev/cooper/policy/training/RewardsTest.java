package dev.cooper.policy.training;

import static dev.cooper.proto.v1.VerdictKind.CORRECT;
import static dev.cooper.proto.v1.VerdictKind.INCORRECT;
import static dev.cooper.proto.v1.VerdictKind.UNDECIDED;
import static dev.cooper.proto.v1.VerdictKind.UNSCORABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.training.Advantages;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.policy.training.RewardedGroup.LeftOut;
import dev.cooper.policy.training.RewardedGroup.Rewarded;
import dev.cooper.policy.training.RewardedGroup.Usable;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.ScoredGroup;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RewardsTest {

    private final Rewards plain = new Rewards(GrpoSettings.getDefaultInstance());

    @Test
    void onlyCorrectCompletionsEarn() {
        Usable group = (Usable) plain.of(TestingGroups.scored(0, CORRECT, INCORRECT, UNDECIDED));

        assertThat(group.completions()).extracting(Rewarded::reward).containsExactly(1.0, 0.0, 0.0);
        assertThat(group.completions()).noneMatch(Rewarded::masked);
        assertThat(group.prompt().toArray()).containsExactly(2, 3);
    }

    @Test
    void aGroupWithAnUnscorableVerdictIsLeftOutWhole() {
        assertThat(plain.of(TestingGroups.scored(0, CORRECT, UNSCORABLE))).isInstanceOf(LeftOut.class);
    }

    @Test
    void aFailedGroupIsLeftOut() {
        assertThat(plain.of(TestingGroups.failed(3))).isEqualTo(new LeftOut(3, "too slow"));
    }

    @Test
    void maskedCompletionsCountNeitherInTheLossNorInTheBaseline() {
        Rewards masking = new Rewards(GrpoSettings.newBuilder()
                .setMaskTruncated(true)
                .setMaskUndecided(true)
                .build());
        RewardedGroup group = masking.of(TestingGroups.scored(0, CORRECT, UNDECIDED, INCORRECT, INCORRECT));

        PolicyBatch batch = PolicyBatch.of(List.of(group), Advantages.Options.STANDARD);

        double half = 0.5 / (Math.sqrt(0.5) + 1e-6);
        assertThat(batch.sequences()).hasSize(2);
        assertThat(batch.sequences().getFirst().advantage()).isCloseTo(half, within(1e-12));
        assertThat(batch.sequences().getLast().advantage()).isCloseTo(-half, within(1e-12));
    }

    @Test
    void aGroupOfOneAndAGroupWithoutSpreadTeachNothing() {
        PolicyBatch batch = batch(
                TestingGroups.scored(0, CORRECT),
                TestingGroups.scored(1, CORRECT, CORRECT),
                TestingGroups.scored(2, INCORRECT, UNDECIDED));

        assertThat(batch.teaches()).isFalse();
        assertThat(batch.sequences()).extracting(PolicySequence::advantage).containsOnly(0.0);
        assertThat(batch.groupsWithoutSpread()).isEqualTo(3);
    }

    @Test
    void theBatchsHashHangsOnWhatIsLearnedAndOnNothingElse() {
        String hash = batch(TestingGroups.scored(0, CORRECT, INCORRECT)).sha256();
        ScoredGroup slower = change(TestingGroups.scored(0, CORRECT, INCORRECT), 99);

        assertThat(batch(slower).sha256()).isEqualTo(hash);
        assertThat(batch(TestingGroups.scored(0, INCORRECT, CORRECT)).sha256()).isNotEqualTo(hash);
        assertThat(batch(TestingGroups.scored(1, CORRECT, INCORRECT)).sha256()).isNotEqualTo(hash);
    }

    @Test
    void metricsTellOfTheWholeBatch() {
        Map<String, Double> metrics = BatchMetrics.of(batch(
                TestingGroups.scored(0, CORRECT, INCORRECT, UNDECIDED, CORRECT),
                TestingGroups.scored(1, INCORRECT, INCORRECT, INCORRECT, INCORRECT),
                TestingGroups.failed(2)));

        assertThat(metrics)
                .containsEntry("reward_mean", 0.25)
                .containsEntry("rule_accuracy", 0.25)
                .containsEntry("undecided_share", 0.125)
                .containsEntry("format_share", 0.25)
                .containsEntry("truncated_share", 0.25)
                .containsEntry("completion_length_mean", 2.0)
                .containsEntry("completion_length_min", 2.0)
                .containsEntry("completion_length_max", 2.0)
                .containsEntry("groups_used", 2.0)
                .containsEntry("groups_excluded", 1.0)
                .containsEntry("groups_without_spread_share", 0.5)
                .containsEntry("tokens", 16.0);
        assertThat(metrics.get("reward_std")).isCloseTo(Math.sqrt(0.1875), within(1e-12));
        // Two of four right: their advantages are the square root of 3/4, or its negative; the other group's are 0.
        assertThat(metrics.get("advantage_mean")).isCloseTo(0, within(1e-6));
        assertThat(metrics.get("advantage_std")).isCloseTo(Math.sqrt(0.375), within(1e-3));
        assertThat(metrics.get("advantage_abs_mean")).isCloseTo(Math.sqrt(0.75) / 2, within(1e-3));
    }

    @Test
    void aGroupThatContradictsItselfIsNamedWithItsSlot() {
        ScoredGroup group = TestingGroups.scored(4, CORRECT, INCORRECT);
        ScoredGroup.Builder broken = group.toBuilder();
        broken.getVerifiedBuilder().getVerdictsBuilder().removeVerdicts(0);

        assertThatThrownBy(() -> plain.of(broken.build()))
                .hasMessageContaining("slot 4")
                .hasMessageContaining("2 completions with 1 verdicts");
    }

    @ParameterizedTest
    @EnumSource(names = {"STATIC", "COOPER"})
    void theRewardModelsScoresAreTheRewardsWhateverTheVerdicts(Mode mode) {
        ScoredGroup group = TestingGroups.scoredBy(
                mode, TestingGroups.scored(0, CORRECT, INCORRECT, UNDECIDED, CORRECT), 0.25, 1.0, 0.75, 0.0);

        Usable usable = (Usable) plain.of(group);

        assertThat(usable.completions()).extracting(Rewarded::reward).containsExactly(0.25, 1.0, 0.75, 0.0);
        assertThat(BatchMetrics.of(batch(group)))
                .containsEntry("reward_mean", 0.5)
                .containsEntry("rule_accuracy", 0.5)
                .containsEntry("undecided_share", 0.25);
    }

    @Test
    void scoresOfTruncatedCompletionsAreMaskedByOptionAndThoseOfUndecidedOnesNever() {
        Rewards masking = new Rewards(GrpoSettings.newBuilder()
                .setMaskTruncated(true)
                .setMaskUndecided(true)
                .build());
        ScoredGroup group = TestingGroups.scoredBy(
                Mode.COOPER, TestingGroups.scored(0, UNDECIDED, CORRECT, CORRECT), 0.1, 0.2, 0.3);

        assertThat(((Usable) masking.of(group)).completions())
                .extracting(Rewarded::masked)
                .containsExactly(false, false, true);
    }

    @Test
    void aGroupWithAnUnscorableVerdictIsLeftOutAlthoughItWasScored() {
        ScoredGroup group = TestingGroups.scoredBy(Mode.STATIC, TestingGroups.scored(2, CORRECT, UNSCORABLE), 0.9, 0.1);

        assertThat(plain.of(group)).isEqualTo(new LeftOut(2, "unscorable: "));
    }

    @Test
    void aGroupWithoutAScoreForEachCompletionIsNamedWithItsSlot() {
        ScoredGroup none = TestingGroups.scoredBy(Mode.STATIC, TestingGroups.scored(4, CORRECT, INCORRECT));
        ScoredGroup one = TestingGroups.scoredBy(Mode.COOPER, TestingGroups.scored(4, CORRECT, INCORRECT), 0.5);

        assertThatBadInput(none).hasMessageContaining("slot 4").hasMessageContaining("2 completions with 0 scores");
        assertThatBadInput(one).hasMessageContaining("slot 4").hasMessageContaining("2 completions with 1 scores");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.5, -0.25})
    void aScoreThatIsNoneIsNamedWithSlotAndCompletion(double wrong) {
        ScoredGroup group =
                TestingGroups.scoredBy(Mode.COOPER, TestingGroups.scored(3, CORRECT, INCORRECT), 0.5, wrong);

        assertThatBadInput(group)
                .hasMessageContaining("slot 3")
                .hasMessageContaining("score " + wrong + " for completion 1");
    }

    @Test
    void scoresOfAnotherRewardVersionThanAskedForAreRefused() {
        ScoredGroup.Builder group =
                TestingGroups.scoredBy(Mode.COOPER, TestingGroups.scored(5, CORRECT, INCORRECT), 0.5, 0.25).toBuilder();
        group.getVerifiedBuilder()
                .getRolloutsBuilder()
                .getRequestBuilder()
                .setReward(ModelRef.newBuilder().setNumber(7).setChecksum("aa"));
        group.getScoresBuilder().setReward(ModelRef.newBuilder().setNumber(6).setChecksum("bb"));

        assertThatBadInput(group.build())
                .hasMessageContaining("slot 5")
                .hasMessageContaining("7 (aa)")
                .hasMessageContaining("6 (bb)");
    }

    @Test
    void aGroupThatDoesNotSayItsModeOrOutcomeIsNamedWithItsSlot() {
        ScoredGroup group = TestingGroups.scored(6, CORRECT, INCORRECT);

        assertThatBadInput(TestingGroups.scoredBy(Mode.MODE_UNSPECIFIED, group, 0.5, 0.5))
                .hasMessageContaining("slot 6 does not say its mode");
        assertThatBadInput(group.toBuilder().clearScores().build())
                .hasMessageContaining("slot 6")
                .hasMessageContaining("neither scores nor a failure");
    }

    @Test
    void theBatchsHashHangsOnTheScores() {
        ScoredGroup group = TestingGroups.scored(0, CORRECT, INCORRECT);

        assertThat(batch(TestingGroups.scoredBy(Mode.COOPER, group, 0.5, 0.25)).sha256())
                .isNotEqualTo(batch(TestingGroups.scoredBy(Mode.COOPER, group, 0.5, 0.26))
                        .sha256());
    }

    private AbstractThrowableAssert<?, ?> assertThatBadInput(ScoredGroup group) {
        CooperException thrown = catchThrowableOfType(CooperException.class, () -> plain.of(group));
        assertThat(thrown.reason()).isEqualTo(FailureReason.BAD_INPUT);
        return assertThat(thrown);
    }

    private PolicyBatch batch(ScoredGroup... groups) {
        return PolicyBatch.of(List.of(groups).stream().map(plain::of).toList(), Advantages.Options.STANDARD);
    }

    private static ScoredGroup change(ScoredGroup group, long finishedAt) {
        ScoredGroup.Builder builder = group.toBuilder();
        builder.getVerifiedBuilder()
                .getRolloutsBuilder()
                .getRolloutsBuilder()
                .getReportBuilder()
                .setFinishedAtMs(finishedAt);
        return builder.build();
    }
}
