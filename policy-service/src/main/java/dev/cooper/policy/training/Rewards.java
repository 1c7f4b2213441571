package dev.cooper.policy.training;

import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.policy.training.RewardedGroup.LeftOut;
import dev.cooper.policy.training.RewardedGroup.Rewarded;
import dev.cooper.policy.training.RewardedGroup.Usable;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.FinishReason;
import dev.cooper.proto.v1.GrpoSettings;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.Rollouts;
import dev.cooper.proto.v1.SampleRequest;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * What each completion of a scored group earned. Mode rule: 1 for CORRECT, 0 for INCORRECT and UNDECIDED. A group with
 * an UNSCORABLE verdict is left out whole: nobody knows what its completions are worth. Truncated and undecided
 * completions may be masked by the settings.
 */
final class Rewards {

    private final GrpoSettings settings;

    Rewards(GrpoSettings settings) {
        this.settings = settings;
    }

    /**
     * The group with its rewards.
     *
     * @throws CooperException BAD_INPUT if the group contradicts itself, or is of a mode that this build lacks
     */
    RewardedGroup of(ScoredGroup scored) {
        SampleRequest request = scored.getVerified().getRollouts().getRequest();
        int slot = request.getGroup().getSlot();
        if (!scored.hasScores()) {
            return new LeftOut(slot, scored.getFailure().getDetail());
        }
        requireRuleMode(request.getMode());
        VerifiedGroup verified = scored.getVerified();
        Rollouts rollouts = verified.getRollouts().getRollouts();
        List<Verdict> verdicts = verified.getVerdicts().getVerdictsList();
        requireSameCount(slot, rollouts, verdicts);
        for (Verdict verdict : verdicts) {
            if (verdict.getKind() == VerdictKind.UNSCORABLE) {
                return new LeftOut(slot, "unscorable: " + verdict.getReason());
            }
        }
        List<Rewarded> completions = new ArrayList<>();
        for (int sample = 0; sample < verdicts.size(); sample++) {
            completions.add(rewarded(slot, rollouts.getCompletions(sample), verdicts.get(sample)));
        }
        return new Usable(slot, tokens(rollouts.getPromptTokenIdsList()), completions);
    }

    private Rewarded rewarded(int slot, Completion completion, Verdict verdict) {
        boolean truncated = completion.getFinishReason() == FinishReason.LENGTH;
        boolean undecided = verdict.getKind() == VerdictKind.UNDECIDED;
        boolean masked = (settings.getMaskTruncated() && truncated) || (settings.getMaskUndecided() && undecided);
        if (completion.getTokenIdsCount() != completion.getLogProbsCount() || completion.getTokenIdsCount() == 0) {
            throw contradiction(
                    slot,
                    completion.getTokenIdsCount() + " tokens with " + completion.getLogProbsCount()
                            + " log-probabilities");
        }
        return new Rewarded(
                tokens(completion.getTokenIdsList()),
                logProbs(completion),
                reward(slot, verdict.getKind()),
                masked,
                verdict.getKind(),
                truncated,
                !verdict.getExtractedAnswer().isEmpty());
    }

    private static double reward(int slot, VerdictKind kind) {
        return switch (kind) {
            case CORRECT -> 1;
            case INCORRECT, UNDECIDED -> 0;
            case UNSCORABLE, VERDICT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw contradiction(slot, "a verdict of kind " + kind);
        };
    }

    private static void requireRuleMode(Mode mode) {
        switch (mode) {
            case RULE -> {}
            case STATIC, COOPER ->
                throw CooperException.badInput(
                        "mode", "this build has no reward model: mode must be rule, got " + mode);
            case MODE_UNSPECIFIED, UNRECOGNIZED ->
                throw CooperException.badInput("mode", "the group does not say its mode: " + mode);
        }
    }

    private static void requireSameCount(int slot, Rollouts rollouts, List<Verdict> verdicts) {
        if (rollouts.getCompletionsCount() != verdicts.size() || verdicts.isEmpty()) {
            throw contradiction(
                    slot, rollouts.getCompletionsCount() + " completions with " + verdicts.size() + " verdicts");
        }
        if (rollouts.getPromptTokenIdsCount() == 0) {
            throw contradiction(slot, "a prompt without tokens");
        }
    }

    private static CooperException contradiction(int slot, String what) {
        return CooperException.badInput("manifest.records", "the scored group of slot " + slot + " has " + what);
    }

    private static TokenIds tokens(List<Integer> ids) {
        return TokenIds.of(ids.stream().mapToInt(Integer::intValue).toArray());
    }

    private static LogProbs logProbs(Completion completion) {
        float[] values = new float[completion.getLogProbsCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = completion.getLogProbs(i);
        }
        return LogProbs.of(values);
    }
}
