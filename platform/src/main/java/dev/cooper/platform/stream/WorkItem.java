package dev.cooper.platform.stream;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.StageResult;

/**
 * One group to work on. Every item that was taken must be finished or dropped, else its partition stands still; it may
 * be finished by any thread and in any order. An item that nobody finishes before a crash is delivered again.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public final class WorkItem<I extends MessageLite, O extends MessageLite> {

    private final WorkQueue<I, O> queue;
    private final LogRecord record;
    private final GroupHeaders headers;
    private final I message;

    WorkItem(WorkQueue<I, O> queue, LogRecord record, GroupHeaders headers, I message) {
        this.queue = queue;
        this.record = record;
        this.headers = headers;
        this.message = message;
    }

    public LogRecord record() {
        return record;
    }

    public GroupHeaders headers() {
        return headers;
    }

    public I message() {
        return message;
    }

    /** Whether the group is still wanted, and of this instance; if not, drop it. */
    public boolean isCurrent() {
        return queue.isHere(record) && queue.admit(headers) == Admission.CURRENT;
    }

    /**
     * Sends the group's result or failure, and acknowledges the request once the log holds it.
     *
     * @throws CooperException if the log did not take the output; the item is then not finished and may be tried again
     */
    public void finish(O output) {
        queue.finish(record, output);
    }

    /**
     * As {@link #finish} for a group that had failed before it came here: it is not this stage's failure.
     *
     * @param output tells of the failure
     */
    public void passAlong(O output) {
        queue.passAlong(record, output);
    }

    /** Acknowledges the request without an answer, because nobody waits for one any more, or not from this instance. */
    public void drop() {
        drop(queue.isHere(record) ? DropReason.STALE : DropReason.MOVED);
    }

    /** Acknowledges the request without an answer. */
    public void drop(DropReason why) {
        queue.complete(record, new StageResult.Dropped(why));
    }

    @Override
    public String toString() {
        return record.place() + " " + headers;
    }
}
