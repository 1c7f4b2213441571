package dev.cooper.platform.stream;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.StageResult;
import dev.cooper.platform.line.Work;

/**
 * A group that a {@link WorkQueue} took from the line. Every item must be finished or dropped, else its partition
 * stands still.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public final class WorkItem<I extends MessageLite, O extends MessageLite> implements Work<I, O> {

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

    @Override
    public LogRecord record() {
        return record;
    }

    @Override
    public GroupHeaders headers() {
        return headers;
    }

    @Override
    public I message() {
        return message;
    }

    @Override
    public boolean isCurrent() {
        return queue.isHere(record) && queue.admit(headers) == Admission.CURRENT;
    }

    @Override
    public void finish(O output) {
        queue.finish(record, output);
    }

    @Override
    public void passAlong(O output) {
        queue.passAlong(record, output);
    }

    @Override
    public void drop() {
        drop(queue.isHere(record) ? DropReason.STALE : DropReason.MOVED);
    }

    @Override
    public void drop(DropReason why) {
        queue.complete(record, new StageResult.Dropped(why));
    }

    @Override
    public String toString() {
        return record.place() + " " + headers;
    }
}
