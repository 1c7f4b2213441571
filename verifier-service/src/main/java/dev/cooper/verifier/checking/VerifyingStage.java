package dev.cooper.verifier.checking;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupWork;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import dev.cooper.verifier.checking.CompletionCheck.Text;
import java.util.List;

/** Rollouts in, verdicts out; training and evaluation alike. */
public final class VerifyingStage implements GroupWork<RolloutGroup, VerifiedGroup> {

    /** The stage's name in failures and metrics. */
    public static final String NAME = "verifying";

    private final CompletionCheck check;

    public VerifyingStage(CompletionCheck check) {
        this.check = check;
    }

    @Override
    public VerifiedGroup process(RolloutGroup group) {
        if (!group.hasRollouts()) {
            throw new CooperException(FailureReason.BAD_INPUT, "the group has neither rollouts nor a failure");
        }
        List<Text> completions = group.getRollouts().getCompletionsList().stream()
                .map(VerifyingStage::text)
                .toList();
        return VerifiedGroup.newBuilder()
                .setRollouts(group)
                .setVerdicts(Verdicts.newBuilder()
                        .addAllVerdicts(
                                check.verdicts(group.getRequest().getProblem().getReferenceAnswer(), completions)))
                .build();
    }

    @Override
    public VerifiedGroup failed(RolloutGroup group, Failure failure) {
        return VerifiedGroup.newBuilder().setRollouts(group).setFailure(failure).build();
    }

    private static Text text(Completion completion) {
        return new Text(completion.getText(), completion.getFinishReason() == FinishReason.LENGTH);
    }
}
