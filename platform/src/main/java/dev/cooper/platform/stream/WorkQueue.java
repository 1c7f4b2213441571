package dev.cooper.platform.stream;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.kafka.ControlReader;
import dev.cooper.platform.line.Admission;
import dev.cooper.platform.line.AdmissionRule;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.GroupReader.Accepted;
import dev.cooper.platform.line.GroupReader.Early;
import dev.cooper.platform.line.GroupReader.PassedOver;
import dev.cooper.platform.line.GroupReader.Unreadable;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Refusals;
import dev.cooper.platform.line.StageResult;
import dev.cooper.platform.line.WorkSource;
import dev.cooper.platform.tracing.GroupSpan;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.messaging.Message;

/**
 * Groups that wait to be worked on. As a function it is bound to a topic and only takes records in; the working thread
 * polls items and finishes them. Records that are stale, unreadable or unannounced are dealt with on the way and never
 * become items; a record whose control has not arrived yet is kept back and does not hold up the others.
 *
 * <p>When a partition goes to another instance, its records are no longer current here, and those that nobody has begun
 * to work on never become items.
 *
 * <p>While as many records as the capacity are unfinished, the partitions are paused, and membership is kept; the last
 * poll may exceed the capacity.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public final class WorkQueue<I extends MessageLite, O extends MessageLite>
        implements Consumer<Message<byte[]>>, WorkSource<I, O> {

    /** How often records that are ahead of control are looked at while nothing else arrives. */
    private static final Duration SLICE = Duration.ofMillis(50);

    private final GroupReader<I> reader;
    private final Refusals<O> refusals;
    private final Surroundings surroundings;
    private final Bound bound;
    private final OpenRecords open = new OpenRecords();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Queue<LogRecord> waiting = new ArrayDeque<>();
    private final Queue<Parked> parked = new ArrayDeque<>();
    /** When each unfinished record was taken in. */
    private final Map<LogRecord, Timer.Sample> begun = new ConcurrentHashMap<>();

    WorkQueue(GroupReader<I> reader, Refusals<O> refusals, Surroundings surroundings, Bound bound) {
        this.reader = reader;
        this.refusals = refusals;
        this.surroundings = surroundings;
        this.bound = bound;
    }

    /** What the queue shares with the other stages of the service. */
    record Surroundings(AdmissionRule rule, ControlReader control, StageSender sender, Telling telling) {}

    /**
     * How many unfinished records it holds.
     *
     * @param full called when there are so many
     * @param free called when there are fewer again
     */
    record Bound(int capacity, Runnable full, Runnable free) {}

    /**
     * A record that waits for control.
     *
     * @param allControl done when all control that was written before the record was first found early is on the board
     */
    private record Parked(LogRecord record, @Nullable CompletableFuture<Void> allControl) {}

    @Override
    public void accept(Message<byte[]> message) {
        Acknowledgment acknowledgment = message.getHeaders().get(KafkaHeaders.ACKNOWLEDGMENT, Acknowledgment.class);
        if (acknowledgment == null) {
            throw new IllegalStateException("the binding of stage " + refusals.stage() + " needs ack-mode: MANUAL");
        }
        LogRecord record = LogRecordConverter.recordOf(message);
        lock.lock();
        try {
            if (open.take(record.partition(), record.offset(), acknowledgment::acknowledge)) {
                begun.put(record, surroundings.telling().metrics().start());
                waiting.add(record);
                arrived.signal();
            }
            if (open.unfinished() >= bound.capacity()) {
                bound.full().run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records taken in that nobody works on yet. */
    public int size() {
        lock.lock();
        try {
            return waiting.size() + parked.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next group to work on, if one is here.
     *
     * @throws CooperException if the log did not take the failure of a group that could not be read; it is tried again
     *     at the next poll
     */
    public Optional<WorkItem<I, O>> poll() {
        lock.lock();
        try {
            Optional<WorkItem<I, O>> item = pollParked();
            while (item.isEmpty() && !waiting.isEmpty()) {
                item = take(new Parked(waiting.remove(), null));
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next group to work on; waits for one at most so long.
     *
     * @throws CooperException as {@link #poll()}
     */
    @Override
    public Optional<WorkItem<I, O>> poll(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            Optional<WorkItem<I, O>> item = poll();
            while (item.isEmpty() && left > 0) {
                long slice = Math.min(left, SLICE.toNanos());
                left -= slice - Math.max(0, arrived.awaitNanos(slice));
                item = poll();
            }
            return item;
        } finally {
            lock.unlock();
        }
    }

    private Optional<WorkItem<I, O>> pollParked() {
        Optional<WorkItem<I, O>> item = Optional.empty();
        for (int i = parked.size(); i > 0 && item.isEmpty(); i--) {
            item = take(parked.remove());
        }
        return item;
    }

    private Optional<WorkItem<I, O>> take(Parked next) {
        LogRecord record = next.record();
        if (!isHere(record)) {
            return settle(record, new StageResult.Dropped(DropReason.MOVED));
        }
        // Asked before the board is: what is early although the future is done was never announced.
        boolean allControlRead = next.allControl() != null && next.allControl().isDone();
        try {
            return switch (reader.read(record)) {
                case Accepted<I>(GroupHeaders headers, I message) ->
                    Optional.of(new WorkItem<>(
                            this, new WorkItem.Taken<>(record, headers, message), begin(record, headers)));
                case PassedOver<I>(GroupHeaders _, DropReason why) -> settle(record, new StageResult.Dropped(why));
                case Unreadable<I> unreadable -> settle(record, refusals.deadLetter(unreadable, record));
                case Early<I>(GroupHeaders headers) -> allControlRead ? putAside(record, headers) : park(next);
            };
        } catch (CooperException e) {
            parked.add(next);
            throw e;
        }
    }

    private GroupSpan begin(LogRecord record, GroupHeaders headers) {
        return surroundings.telling().tracing().begin(refusals.stage(), record, headers);
    }

    private Optional<WorkItem<I, O>> park(Parked next) {
        boolean first = next.allControl() == null;
        parked.add(first ? new Parked(next.record(), surroundings.control().barrier()) : next);
        return Optional.empty();
    }

    private Optional<WorkItem<I, O>> putAside(LogRecord record, GroupHeaders headers) {
        return settle(record, refusals.deadLetter(reader.unannounced(record, headers), record));
    }

    private Optional<WorkItem<I, O>> settle(LogRecord record, StageResult result) {
        complete(record, result);
        return Optional.empty();
    }

    /** A partition went to another instance: its records are delivered there again, and none is worked on here. */
    void lose(int partition) {
        open.lose(partition);
    }

    boolean isHere(LogRecord record) {
        return open.isHere(record.partition(), record.offset());
    }

    Admission admit(GroupHeaders headers) {
        return surroundings.rule().admit(headers);
    }

    StageResult finish(LogRecord record, O output) {
        requireSameGroup(record, output);
        return complete(record, refusals.ended(output));
    }

    StageResult passAlong(LogRecord record, O output) {
        requireSameGroup(record, output);
        return complete(record, refusals.passedAlong(output));
    }

    private void requireSameGroup(LogRecord record, O output) {
        GroupHeaders answered = GroupHeaders.of(refusals.output().group(output));
        if (!answered.sameGroup(GroupHeaders.parse(record.headers()))) {
            throw new IllegalArgumentException("the answer to " + record + " is for another group: " + answered);
        }
    }

    StageResult complete(LogRecord record, StageResult result) {
        StageResult sent = surroundings.sender().send(record, result, refusals);
        Timer.Sample since = begun.remove(record);
        if (since == null) {
            throw new IllegalStateException(record + " is not open");
        }
        surroundings.telling().metrics().finished(refusals.stage(), record.topic(), sent, since);
        open.finish(record.partition(), record.offset());
        if (open.unfinished() < bound.capacity()) {
            bound.free().run();
        }
        return sent;
    }
}
