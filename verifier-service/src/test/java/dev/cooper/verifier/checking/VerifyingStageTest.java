package dev.cooper.verifier.checking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.mathverifier.AnswerChecker;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifyingStageTest {

    private final VerifyingStage stage = new VerifyingStage(new CompletionCheck(new AnswerChecker()));

    @Test
    void everyCompletionGetsItsVerdictInOrder() {
        RolloutGroup group = TestingGroups.rollouts(
                TestingGroups.group(0, 1), "so it is \\boxed{42}", "so it is \\boxed{41}", "I do not know");

        VerifiedGroup verified = stage.process(group);

        assertThat(verified.getRollouts()).isEqualTo(group);
        List<Verdict> verdicts = verified.getVerdicts().getVerdictsList();
        assertThat(verdicts)
                .extracting(Verdict::getKind)
                .containsExactly(VerdictKind.CORRECT, VerdictKind.INCORRECT, VerdictKind.INCORRECT);
        assertThat(verdicts).extracting(Verdict::getReason).containsExactly("", "DIFFERENT_VALUE", "NO_ANSWER");
        assertThat(verdicts).extracting(Verdict::getExtractedAnswer).containsExactly("42", "41", "");
        assertThat(verdicts)
                .extracting(Verdict::getExplanation)
                .allSatisfy(text -> assertThat(text).isNotBlank());
    }

    @Test
    void aTruncatedCompletionIsIncorrectWhateverItSays() {
        RolloutGroup.Builder group = TestingGroups.rollouts(TestingGroups.group(0, 1), "\\boxed{42}").toBuilder();
        group.getRolloutsBuilder().getCompletionsBuilder(0).setFinishReason(FinishReason.LENGTH);

        Verdict verdict = stage.process(group.build()).getVerdicts().getVerdicts(0);

        assertThat(verdict.getKind()).isEqualTo(VerdictKind.INCORRECT);
        assertThat(verdict.getReason()).isEqualTo("TRUNCATED");
    }

    @Test
    void aReferenceThatCannotBeReadMakesTheGroupUnscorable() {
        RolloutGroup.Builder group =
                TestingGroups.rollouts(TestingGroups.group(0, 1), "\\boxed{42}", "nothing").toBuilder();
        group.getRequestBuilder().getProblemBuilder().setReferenceAnswer("");

        assertThat(stage.process(group.build()).getVerdicts().getVerdictsList())
                .hasSize(2)
                .allSatisfy(verdict -> {
                    assertThat(verdict.getKind()).isEqualTo(VerdictKind.UNSCORABLE);
                    assertThat(verdict.getReason()).isEqualTo("EMPTY_REFERENCE");
                });
    }

    @Test
    void anAnswerThatCannotBeComparedIsUndecided() {
        RolloutGroup.Builder group = TestingGroups.rollouts(TestingGroups.group(0, 1), "\\boxed{y = 5}").toBuilder();
        group.getRequestBuilder().getProblemBuilder().setReferenceAnswer("x = 5");

        Verdict verdict = stage.process(group.build()).getVerdicts().getVerdicts(0);

        assertThat(verdict.getKind()).isEqualTo(VerdictKind.UNDECIDED);
        assertThat(verdict.getReason()).isEqualTo("DIFFERENT_LABELS");
    }

    @Test
    void aGroupWithoutOutcomeIsBadInput() {
        RolloutGroup empty = TestingGroups.rollouts(TestingGroups.group(0, 1)).toBuilder()
                .clearRollouts()
                .build();

        assertThatThrownBy(() -> stage.process(empty))
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.BAD_INPUT));
    }

    @Test
    void aFailedGroupKeepsWhatItHeld() {
        RolloutGroup group = TestingGroups.rollouts(TestingGroups.group(0, 1), "42");
        Failure failure = Failure.newBuilder().setReason(FailureReason.TIMEOUT).build();

        assertThat(stage.failed(group, failure))
                .isEqualTo(VerifiedGroup.newBuilder()
                        .setRollouts(group)
                        .setFailure(failure)
                        .build());
    }
}
