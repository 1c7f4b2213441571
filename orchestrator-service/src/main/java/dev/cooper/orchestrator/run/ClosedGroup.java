package dev.cooper.orchestrator.run;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.Verdicts;
import dev.cooper.proto.v1.VerifiedGroup;

/** What the record at the end of the line says of a group. */
sealed interface ClosedGroup {

    LogRecord record();

    /** Came through whole. Rollouts and verdicts have the same length. */
    record Usable(int slot, LogRecord record, RolloutGroup rollouts, Verdicts verdicts) implements ClosedGroup {}

    /** Failed on the way, for this reason. */
    record Failed(int slot, LogRecord record, Failure failure) implements ClosedGroup {}

    /** Is no message of this group. Never wins: its group stays open until a readable record closes it. */
    record Unreadable(LogRecord record, DeadLetterReason reason, String detail) implements ClosedGroup {}

    /** Reads a training group from a ScoredGroup, an evaluation group from a VerifiedGroup. */
    static ClosedGroup read(LogRecord record, GroupHeaders headers, Purpose purpose) {
        try {
            if (purpose == Purpose.TRAINING) {
                ScoredGroup scored = ScoredGroup.parseFrom(record.value());
                return scored.hasFailure()
                        ? failed(record, headers, scored.getVerified(), scored.getFailure())
                        : usable(record, headers, scored.getVerified());
            }
            VerifiedGroup verified = VerifiedGroup.parseFrom(record.value());
            return verified.hasFailure()
                    ? failed(record, headers, verified, verified.getFailure())
                    : usable(record, headers, verified);
        } catch (InvalidProtocolBufferException e) {
            return new Unreadable(
                    record, DeadLetterReason.UNREADABLE_VALUE, "not a message of this topic: " + e.getMessage());
        }
    }

    private static ClosedGroup failed(LogRecord record, GroupHeaders headers, VerifiedGroup verified, Failure failure) {
        // A failure made from headers alone (its message was poison) has no request inside; the headers name the group.
        boolean other = verified.getRollouts().hasRequest() && !isOf(headers, verified.getRollouts());
        return other
                ? new Unreadable(
                        record, DeadLetterReason.HEADERS_DISAGREE, "the headers name another group than the message")
                : new Failed(headers.slot(), record, failure);
    }

    private static ClosedGroup usable(LogRecord record, GroupHeaders headers, VerifiedGroup verified) {
        RolloutGroup rollouts = verified.getRollouts();
        if (!isOf(headers, rollouts)) {
            return new Unreadable(
                    record, DeadLetterReason.HEADERS_DISAGREE, "the headers name another group than the message");
        }
        int completions = rollouts.getRollouts().getCompletionsCount();
        int verdicts = verified.getVerdicts().getVerdictsCount();
        if (completions == 0 || completions != verdicts) {
            return new Unreadable(
                    record,
                    DeadLetterReason.UNREADABLE_VALUE,
                    completions + " completions with " + verdicts + " verdicts");
        }
        return new Usable(headers.slot(), record, rollouts, verified.getVerdicts());
    }

    private static boolean isOf(GroupHeaders headers, RolloutGroup rollouts) {
        GroupId group = rollouts.getRequest().getGroup();
        return group.getRunId().equals(headers.runId())
                && group.getStep() == headers.step()
                && group.getSlot() == headers.slot()
                && group.getAttempt() == headers.attempt()
                && group.getPurpose() == headers.purpose();
    }
}
