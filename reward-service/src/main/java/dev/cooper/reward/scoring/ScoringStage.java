package dev.cooper.reward.scoring;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupWork;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.Locale;

/**
 * Verified groups in, scored groups out. In mode RULE there are no scores and no reward version: the trainer takes the
 * verdicts. Evaluations end at their verdicts and are none of its business.
 */
public final class ScoringStage implements GroupWork<VerifiedGroup, ScoredGroup> {

    /** The stage's name in failures and metrics. */
    public static final String NAME = "scoring";

    @Override
    public boolean wants(GroupHeaders headers) {
        return headers.purpose() == Purpose.TRAINING;
    }

    @Override
    public ScoredGroup process(VerifiedGroup group) {
        if (!group.hasVerdicts()) {
            throw new CooperException(FailureReason.BAD_INPUT, "the group has neither verdicts nor a failure");
        }
        Mode mode = group.getRollouts().getRequest().getMode();
        return switch (mode) {
            case RULE ->
                ScoredGroup.newBuilder()
                        .setVerified(group)
                        .setScores(Scores.getDefaultInstance())
                        .build();
            case STATIC, COOPER ->
                throw CooperException.badInput(
                        "mode",
                        "mode " + mode.name().toLowerCase(Locale.ROOT)
                                + " needs a reward model, which this build does not have: use mode rule");
            case MODE_UNSPECIFIED, UNRECOGNIZED ->
                throw CooperException.badInput("mode", "the group's request names no mode known here");
        };
    }

    @Override
    public ScoredGroup failed(VerifiedGroup group, Failure failure) {
        return ScoredGroup.newBuilder().setVerified(group).setFailure(failure).build();
    }
}
