package dev.cooper.platform.stream;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.StageResult;
import dev.cooper.platform.line.Work;
import dev.cooper.platform.tracing.GroupSpan;
import java.util.function.Supplier;

/**
 * A group that a {@link WorkQueue} took from the line. Every item must be finished or dropped, else its partition
 * stands still.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public final class WorkItem<I extends MessageLite, O extends MessageLite> implements Work<I, O> {

    private final WorkQueue<I, O> queue;
    private final Taken<I> taken;
    private final GroupSpan span;

    WorkItem(WorkQueue<I, O> queue, Taken<I> taken, GroupSpan span) {
        this.queue = queue;
        this.taken = taken;
        this.span = span;
    }

    /** What was taken from the line. */
    record Taken<I>(LogRecord record, GroupHeaders headers, I message) {}

    @Override
    public LogRecord record() {
        return taken.record();
    }

    @Override
    public GroupHeaders headers() {
        return taken.headers();
    }

    @Override
    public I message() {
        return taken.message();
    }

    @Override
    public LogScope enter() {
        return span.enter();
    }

    @Override
    public boolean isCurrent() {
        return queue.isHere(record()) && queue.admit(headers()) == Admission.CURRENT;
    }

    @Override
    public void finish(O output) {
        settle(() -> queue.finish(record(), output));
    }

    @Override
    public void passAlong(O output) {
        settle(() -> queue.passAlong(record(), output));
    }

    @Override
    public void drop() {
        drop(queue.isHere(record()) ? DropReason.STALE : DropReason.MOVED);
    }

    @Override
    public void drop(DropReason why) {
        settle(() -> queue.complete(record(), new StageResult.Dropped(why)));
    }

    /** What could not be sent is settled later, and the span goes on until then. */
    private void settle(Supplier<StageResult> sending) {
        try (LogScope _ = enter()) {
            span.end(sending.get());
        }
    }

    @Override
    public String toString() {
        return record().place() + " " + headers();
    }
}
