package dev.cooper.policy.training;

import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;

/** Scored groups made by hand: prompt w2 w3, completions of two tokens. */
public final class TestingGroups {

    private TestingGroups() {}

    /** A group with a completion for each verdict; the last one is truncated. */
    public static ScoredGroup scored(int slot, VerdictKind... verdicts) {
        Rollouts.Builder rollouts = Rollouts.newBuilder().addPromptTokenIds(2).addPromptTokenIds(3);
        Verdicts.Builder judged = Verdicts.newBuilder();
        for (int sample = 0; sample < verdicts.length; sample++) {
            boolean last = sample == verdicts.length - 1;
            rollouts.addCompletions(Completion.newBuilder()
                    .addTokenIds(4 + slot)
                    .addTokenIds(last ? 5 + sample : 1)
                    .addLogProbs(-3.5f)
                    .addLogProbs(-3.4f)
                    .setFinishReason(last ? FinishReason.LENGTH : FinishReason.STOP));
            judged.addVerdicts(Verdict.newBuilder()
                    .setKind(verdicts[sample])
                    .setExtractedAnswer(verdicts[sample] == VerdictKind.CORRECT ? "5" : ""));
        }
        return ScoredGroup.newBuilder()
                .setVerified(VerifiedGroup.newBuilder()
                        .setRollouts(RolloutGroup.newBuilder()
                                .setRequest(request(slot))
                                .setRollouts(rollouts))
                        .setVerdicts(judged))
                .setScores(Scores.getDefaultInstance())
                .build();
    }

    /** The same group in a mode with a reward model, with these scores. */
    public static ScoredGroup scoredBy(Mode mode, ScoredGroup group, double... scores) {
        ScoredGroup.Builder scored = group.toBuilder();
        scored.getVerifiedBuilder().getRolloutsBuilder().getRequestBuilder().setMode(mode);
        for (double score : scores) {
            scored.getScoresBuilder().addScores(Score.newBuilder().setScore(score));
        }
        return scored.build();
    }

    /** A group that failed on its way. */
    public static ScoredGroup failed(int slot) {
        Failure failure = Failure.newBuilder()
                .setReason(FailureReason.TIMEOUT)
                .setDetail("too slow")
                .build();
        return ScoredGroup.newBuilder()
                .setVerified(VerifiedGroup.newBuilder()
                        .setRollouts(RolloutGroup.newBuilder()
                                .setRequest(request(slot))
                                .setFailure(failure))
                        .setFailure(failure))
                .setFailure(failure)
                .build();
    }

    private static SampleRequest request(int slot) {
        return SampleRequest.newBuilder()
                .setGroup(GroupId.newBuilder()
                        .setRunId("run")
                        .setStep(1)
                        .setSlot(slot)
                        .setAttempt(1)
                        .setFence(1)
                        .setPurpose(Purpose.TRAINING))
                .setMode(Mode.RULE)
                .build();
    }
}
