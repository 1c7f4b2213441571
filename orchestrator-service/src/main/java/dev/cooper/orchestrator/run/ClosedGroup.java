package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Failure;

/**
 * What the record that a group waited for says of it.
 *
 * @param <C> what it holds when it came through
 */
sealed interface ClosedGroup<C> {

    LogRecord record();

    /** Came through whole. */
    record Usable<C>(int slot, LogRecord record, C content) implements ClosedGroup<C> {}

    /** Failed on the way, for this reason. */
    record Failed<C>(int slot, LogRecord record, Failure failure) implements ClosedGroup<C> {}

    /** Is no message of this group. Never wins: its group stays open until a readable record closes it. */
    record Unreadable<C>(LogRecord record, DeadLetterReason reason, String detail) implements ClosedGroup<C> {
        static <C> Unreadable<C> value(LogRecord record, String detail) {
            return new Unreadable<>(record, DeadLetterReason.UNREADABLE_VALUE, detail);
        }

        static <C> Unreadable<C> forged(LogRecord record, String why) {
            return new Unreadable<>(record, DeadLetterReason.FORGED, why);
        }

        static <C> Unreadable<C> otherGroup(LogRecord record) {
            return new Unreadable<>(
                    record, DeadLetterReason.HEADERS_DISAGREE, "the headers name another group than the message");
        }
    }
}
