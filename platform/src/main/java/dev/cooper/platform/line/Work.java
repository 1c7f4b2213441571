package dev.cooper.platform.line;

import dev.cooper.platform.failure.CooperException;

/**
 * One group to work on. Whoever took it finishes or drops it once, in any order and on any thread; one that nobody
 * finishes before a crash is delivered again.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public interface Work<I, O> {

    /** The record that it came in. */
    LogRecord record();

    /** Who asks; the attempt may be a later one than that of the message inside. */
    GroupHeaders headers();

    I message();

    /** This thread works on the group: its log lines name it, and what it calls belongs to the group's trace. */
    default LogScope enter() {
        return LogScope.of(headers());
    }

    /** Whether the group is still wanted, and of this instance; if not, drop it. */
    boolean isCurrent();

    /**
     * Sends the group's result or failure, and acknowledges the request once the log holds it.
     *
     * @throws CooperException if the log did not take the output; the group is then not finished and may be tried again
     */
    void finish(O output);

    /**
     * As {@link #finish} for a group that had failed before it came here: it is not this stage's failure.
     *
     * @param output tells of the failure
     */
    void passAlong(O output);

    /** Acknowledges the request without an answer, because nobody waits for one any more, or not from this instance. */
    void drop();

    /** Acknowledges the request without an answer. */
    void drop(DropReason why);
}
