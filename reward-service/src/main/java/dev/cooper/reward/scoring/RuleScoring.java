package dev.cooper.reward.scoring;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupWork;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.VerifiedGroup;

/**
 * Mode RULE: closes the line without a score and without a reward version, since the trainer takes its reward from the
 * verdicts. Evaluation groups end at the topic before and are passed over.
 */
public final class RuleScoring implements GroupWork<VerifiedGroup, ScoredGroup> {

    /** @throws CooperException BAD_INPUT for a mode that needs a reward model */
    @Override
    public ScoredGroup process(VerifiedGroup group) {
        Mode mode = group.getRollouts().getRequest().getMode();
        if (mode != Mode.RULE) {
            throw CooperException.badInput(
                    "mode", "mode " + mode + " needs a reward model, which this build does not have: use mode rule");
        }
        return ScoredGroup.newBuilder()
                .setVerified(group)
                .setScores(Scores.getDefaultInstance())
                .build();
    }

    @Override
    public ScoredGroup failed(VerifiedGroup group, Failure failure) {
        return ScoredGroup.newBuilder().setVerified(group).setFailure(failure).build();
    }

    @Override
    public boolean wants(GroupHeaders headers) {
        return headers.purpose() == Purpose.TRAINING;
    }
}
