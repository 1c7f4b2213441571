package dev.cooper.orchestrator.run;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.Score;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Scores;
import dev.cooper.proto.v1.VerdictKind;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;
import java.util.Optional;

/**
 * A group that came through: rollouts and verdicts have the same length, and scores too when a reward model was asked
 * for, in the version that was.
 *
 * @param scores empty when none was asked for
 */
record Judged(RolloutGroup rollouts, Verdicts verdicts, Scores scores) {

    /** Training groups, from topic scored. */
    static Optional<ClosedGroup<Judged>> scored(LogRecord record, GroupHeaders headers) {
        try {
            ScoredGroup scored = ScoredGroup.parseFrom(record.value());
            return Optional.of(
                    scored.hasFailure()
                            ? failed(record, headers, scored.getVerified(), scored.getFailure())
                            : usable(record, headers, scored.getVerified(), scored.getScores()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(unreadable(record, e));
        }
    }

    /** Held-out groups, from topic verified. */
    static Optional<ClosedGroup<Judged>> verified(LogRecord record, GroupHeaders headers) {
        try {
            VerifiedGroup verified = VerifiedGroup.parseFrom(record.value());
            return Optional.of(
                    verified.hasFailure()
                            ? failed(record, headers, verified, verified.getFailure())
                            : usable(record, headers, verified, Scores.getDefaultInstance()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.of(unreadable(record, e));
        }
    }

    private static ClosedGroup<Judged> unreadable(LogRecord record, InvalidProtocolBufferException e) {
        return ClosedGroup.Unreadable.value(record, "not a message of this topic: " + e.getMessage());
    }

    private static ClosedGroup<Judged> failed(
            LogRecord record, GroupHeaders headers, VerifiedGroup verified, Failure failure) {
        // A failure made from headers alone (its message was poison) has no request inside; the headers name the group.
        boolean other = verified.getRollouts().hasRequest() && !isOf(headers, groupOf(verified));
        return other
                ? ClosedGroup.Unreadable.otherGroup(record)
                : new ClosedGroup.Failed<>(headers.slot(), record, failure);
    }

    private static ClosedGroup<Judged> usable(
            LogRecord record, GroupHeaders headers, VerifiedGroup verified, Scores scores) {
        if (!isOf(headers, groupOf(verified))) {
            return ClosedGroup.Unreadable.otherGroup(record);
        }
        Judged group = new Judged(verified.getRollouts(), verified.getVerdicts(), scores);
        return group.fault()
                .<ClosedGroup<Judged>>map(fault -> ClosedGroup.Unreadable.value(record, fault))
                .orElseGet(() -> new ClosedGroup.Usable<>(headers.slot(), record, group));
    }

    /** Why the group cannot be used, if it cannot. */
    private Optional<String> fault() {
        int completions = rollouts.getRollouts().getCompletionsCount();
        if (completions == 0 || completions != verdicts.getVerdictsCount()) {
            return Optional.of(completions + " completions with " + verdicts.getVerdictsCount() + " verdicts");
        }
        if (!rollouts.getRequest().hasReward()) {
            return Optional.empty();
        }
        if (completions != scores.getScoresCount()) {
            return Optional.of(completions + " completions with " + scores.getScoresCount() + " scores");
        }
        if (!scores.getReward().equals(rollouts.getRequest().getReward())) {
            return Optional.of(
                    "scored by version " + scores.getReward().getNumber() + " of the reward model, wanted was "
                            + rollouts.getRequest().getReward().getNumber());
        }
        return scores.getScoresList().stream()
                .filter(score -> !isFinite(score))
                .findFirst()
                .map(score -> "a score of " + score.getScore() + " (logit " + score.getLogit() + ")");
    }

    /** Whether the problem's reference can be read, or the group is left out of what is measured. */
    boolean hasReference() {
        return verdicts.getVerdictsList().stream().noneMatch(verdict -> verdict.getKind() == VerdictKind.UNSCORABLE);
    }

    private static boolean isFinite(Score score) {
        return Double.isFinite(score.getLogit()) && Double.isFinite(score.getScore());
    }

    private static GroupId groupOf(VerifiedGroup verified) {
        return verified.getRollouts().getRequest().getGroup();
    }

    static boolean isOf(GroupHeaders headers, GroupId group) {
        return group.getRunId().equals(headers.runId())
                && group.getStep() == headers.step()
                && group.getSlot() == headers.slot()
                && group.getAttempt() == headers.attempt()
                && group.getPurpose() == headers.purpose();
    }
}
