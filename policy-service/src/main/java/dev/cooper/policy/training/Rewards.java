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
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.Verdict;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * What each completion of a scored group earned. Mode rule: 1 for CORRECT, 0 for INCORRECT and UNDECIDED. Modes static
 * and cooper: the reward model's score, whatever the verdict. A group with an UNSCORABLE verdict is left out whole:
 * nobody knows what its completions are worth. Truncated completions may be masked by the settings, and in mode rule
 * undecided ones too.
 */
final class Rewards {

    private final GrpoSettings settings;

    Rewards(GrpoSettings settings) {
        this.settings = settings;
    }

    /**
     * The group with its rewards.
     *
     * @throws CooperException BAD_INPUT, naming the slot, if the group contradicts itself, does not say its mode, or
     *     has not one finite score a completion in a mode that trains on scores
     */
    RewardedGroup of(ScoredGroup scored) {
        int slot = scored.getVerified().getRollouts().getRequest().getGroup().getSlot();
        return switch (scored.getOutcomeCase()) {
            case FAILURE -> new LeftOut(slot, scored.getFailure().getDetail());
            case SCORES -> ofClosed(slot, scored);
            case OUTCOME_NOT_SET -> throw contradiction(slot, "neither scores nor a failure");
        };
    }

    private RewardedGroup ofClosed(int slot, ScoredGroup scored) {
        VerifiedGroup verified = scored.getVerified();
        List<Verdict> verdicts = verified.getVerdicts().getVerdictsList();
        Mode mode = verified.getRollouts().getRequest().getMode();
        requireSameCount(slot, verified.getRollouts().getRollouts(), verdicts);
        for (Verdict verdict : verdicts) {
            if (verdict.getKind() == VerdictKind.UNSCORABLE) {
                return new LeftOut(slot, "unscorable: " + verdict.getReason());
            }
        }
        return switch (mode) {
            case RULE ->
                usable(
                        slot,
                        scored,
                        settings.getMaskUndecided(),
                        verdicts.stream().map(verdict -> byRule(slot, verdict)).toList());
            case STATIC, COOPER -> usable(slot, scored, false, byScore(slot, scored));
            case MODE_UNSPECIFIED, UNRECOGNIZED ->
                throw CooperException.badInput(
                        "manifest.records", "the scored group of slot " + slot + " does not say its mode: " + mode);
        };
    }

    private Usable usable(int slot, ScoredGroup scored, boolean maskUndecided, List<Double> rewards) {
        Rollouts rollouts = scored.getVerified().getRollouts().getRollouts();
        List<Verdict> verdicts = scored.getVerified().getVerdicts().getVerdictsList();
        List<Rewarded> completions = new ArrayList<>();
        for (int sample = 0; sample < verdicts.size(); sample++) {
            Verdict verdict = verdicts.get(sample);
            boolean masked = maskUndecided && verdict.getKind() == VerdictKind.UNDECIDED;
            completions.add(rewarded(slot, rollouts.getCompletions(sample), verdict, masked, rewards.get(sample)));
        }
        return new Usable(slot, tokens(rollouts.getPromptTokenIdsList()), completions);
    }

    private Rewarded rewarded(int slot, Completion completion, Verdict verdict, boolean masked, double reward) {
        boolean truncated = completion.getFinishReason() == FinishReason.LENGTH;
        if (completion.getTokenIdsCount() != completion.getLogProbsCount() || completion.getTokenIdsCount() == 0) {
            throw contradiction(
                    slot,
                    completion.getTokenIdsCount() + " tokens with " + completion.getLogProbsCount()
                            + " log-probabilities");
        }
        return new Rewarded(
                tokens(completion.getTokenIdsList()),
                logProbs(completion),
                reward,
                masked || (settings.getMaskTruncated() && truncated),
                verdict.getKind(),
                truncated,
                !verdict.getExtractedAnswer().isEmpty());
    }

    private static List<Double> byScore(int slot, ScoredGroup scored) {
        int completions = scored.getVerified().getRollouts().getRollouts().getCompletionsCount();
        Scores scores = scored.getScores();
        if (scores.getScoresCount() != completions) {
            throw contradiction(
                    slot,
                    completions + " completions with " + scores.getScoresCount()
                            + " scores: a mode with a reward model needs one each");
        }
        requireTheOneAskedFor(slot, scored.getVerified().getRollouts().getRequest(), scores);
        List<Double> rewards = new ArrayList<>();
        for (int sample = 0; sample < completions; sample++) {
            double score = scores.getScores(sample).getScore();
            // Written so that NaN fails, too.
            if (!(score >= 0 && score <= 1)) {
                throw contradiction(slot, "score " + score + " for completion " + sample + ": a score is in [0, 1]");
            }
            rewards.add(score);
        }
        return rewards;
    }

    private static void requireTheOneAskedFor(int slot, SampleRequest request, Scores scores) {
        if (request.hasReward() && scores.hasReward() && !request.getReward().equals(scores.getReward())) {
            throw contradiction(
                    slot,
                    "scores of reward version " + scores.getReward().getNumber() + " ("
                            + scores.getReward().getChecksum() + "), asked for was "
                            + request.getReward().getNumber() + " ("
                            + request.getReward().getChecksum() + ")");
        }
    }

    private static double byRule(int slot, Verdict verdict) {
        return switch (verdict.getKind()) {
            case CORRECT -> 1;
            case INCORRECT, UNDECIDED -> 0;
            case UNSCORABLE, VERDICT_KIND_UNSPECIFIED, UNRECOGNIZED ->
                throw contradiction(slot, "a verdict of kind " + verdict.getKind());
        };
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
