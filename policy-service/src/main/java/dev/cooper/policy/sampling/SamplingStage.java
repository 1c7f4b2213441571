package dev.cooper.policy.sampling;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.GroupReader.Accepted;
import dev.cooper.platform.line.GroupReader.Early;
import dev.cooper.platform.line.GroupReader.PassedOver;
import dev.cooper.platform.line.GroupReader.Unreadable;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.RecordTooLargeException;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sampler's part of the line. Records wait in a bounded queue; one thread takes all that control wants now and that
 * can share a batch, samples them, and for each group sends its rollouts or its failure before it acknowledges the
 * prompt. A record that is ahead of control waits; one that is stale is acknowledged and forgotten, also while it is
 * being sampled. A record that could not be sent stays and is sampled again: the noise is the same.
 */
public final class SamplingStage {

    /** The stage's name in failures and metrics. */
    public static final String NAME = "sampling";

    private static final Logger log = LoggerFactory.getLogger(SamplingStage.class);

    /** Bounds how long a record that is ahead waits after control has come by another way than a wake-up. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final SamplerIdentity identity;
    private final ControlBoard board;
    private final SamplingEngine engine;
    private final RecordSink sink;
    private final SamplingObserver observer;
    private final WorkQueue queue;
    private final GroupReader<SampleRequest> reader;

    /** Set by the engine's thread, read by metrics. */
    private volatile int inFlight;

    /** A stage; the caller has one thread {@link #run} it. */
    public SamplingStage(
            SamplerIdentity identity,
            ControlBoard board,
            SamplingEngine engine,
            RecordSink sink,
            SamplingObserver observer) {
        this.identity = identity;
        this.board = board;
        this.engine = engine;
        this.sink = sink;
        this.observer = observer;
        this.queue = new WorkQueue(identity.queueCapacity());
        this.reader = new GroupReader<>(GroupMessage.REQUEST, _ -> true, board);
        board.listen(_ -> queue.wake());
    }

    /**
     * Who samples.
     *
     * @param instance name for reports
     * @param queueCapacity records held at most
     */
    public record SamplerIdentity(String instance, int queueCapacity, Clock clock) {}

    /**
     * Takes a record of the topic prompts; waits while the queue is full.
     *
     * @param acknowledge called once the record is finished: what it gave is in the log, or it is stale
     */
    public void accept(LogRecord record, Runnable acknowledge) throws InterruptedException {
        queue.put(new WorkQueue.Item(record, acknowledge));
    }

    public boolean isFull() {
        return queue.isFull();
    }

    /** Records that are not finished. */
    public int queued() {
        return queue.size();
    }

    /** Groups that are being sampled. */
    public int inFlight() {
        return inFlight;
    }

    /** Works until closed. Groups that could not be finished are tried again after a pause. */
    public void run() throws InterruptedException {
        while (!queue.isClosed()) {
            try {
                if (!runOnce()) {
                    queue.awaitChange(LONGEST_WAIT);
                }
            } catch (RuntimeException e) {
                // Whatever it is, the thread stays: groups that nobody closes are dispatched again and drop out as
                // stale.
                log.error("groups could not be finished and are sampled again", e);
                Thread.sleep(LONGEST_WAIT);
            }
        }
    }

    /** Ends {@link #run} soon, a batch included; what is not finished stays unacknowledged. */
    public void close() {
        queue.close();
    }

    /**
     * Finishes what needs no sampling, and samples one batch.
     *
     * @return whether any record was finished
     * @throws CooperException if the log did not take a record; it and those after it stay in the queue
     */
    public boolean runOnce() {
        int before = queue.size();
        List<Group> ready = new ArrayList<>();
        for (WorkQueue.Item item : queue.all()) {
            switch (reader.read(item.record())) {
                case Accepted<SampleRequest>(GroupHeaders headers, SampleRequest request) ->
                    ready.add(new Group(item, headers, request));
                case Early<SampleRequest> _ -> {}
                case PassedOver<SampleRequest>(GroupHeaders _, DropReason why) -> drop(item, why);
                case Unreadable<SampleRequest> unreadable -> deadLetter(item, unreadable);
            }
        }
        if (!ready.isEmpty()) {
            sample(ready);
        }
        return queue.size() < before;
    }

    /** A prompt that control wants sampled now. */
    record Group(WorkQueue.Item item, GroupHeaders headers, SampleRequest request) {

        boolean sharesBatchWith(Group other) {
            return headers.runId().equals(other.headers.runId())
                    && request.getPolicy().equals(other.request.getPolicy())
                    && request.getSampling().toBuilder()
                            .clearGroupSize()
                            .build()
                            .equals(other.request.getSampling().toBuilder()
                                    .clearGroupSize()
                                    .build());
        }
    }

    private void sample(List<Group> ready) {
        Group first = ready.getFirst();
        List<Group> batch =
                ready.stream().filter(group -> group.sharesBatchWith(first)).toList();
        inFlight = batch.size();
        try {
            new SamplingBatch(batch, engine, new Outlet()).run();
        } finally {
            inFlight = 0;
        }
    }

    private void drop(WorkQueue.Item item, DropReason why) {
        finish(item);
        observer.dropped(why);
    }

    private void deadLetter(WorkQueue.Item item, Unreadable<SampleRequest> unreadable) {
        log.warn("record {} is unreadable: {}", item.record().place(), unreadable.detail());
        sink.send(unreadable.deadLetter());
        GroupHeaders headers = unreadable.headers();
        if (headers != null) {
            Failure failure = new CooperException(
                            FailureReason.BAD_INPUT,
                            "record " + item.record().place() + " could not be read: " + unreadable.detail())
                    .toFailure(NAME);
            sink.send(GroupMessage.ROLLOUTS.record(GroupMessage.ROLLOUTS.lost(headers.toGroupId(), failure)));
        }
        finish(item);
        observer.deadLettered(unreadable.reason());
    }

    private void finish(WorkQueue.Item item) {
        item.acknowledge();
        queue.remove(item);
    }

    /** Where a batch's groups go. */
    final class Outlet {

        Clock clock() {
            return identity.clock();
        }

        String instance() {
            return identity.instance();
        }

        SamplingObserver observer() {
            return observer;
        }

        boolean closing() {
            return queue.isClosed();
        }

        boolean isWanted(Group group) {
            return switch (board.admit(group.headers())) {
                case CURRENT, AHEAD -> true;
                case STALE -> false;
            };
        }

        /** Sends and acknowledges; a group that became stale meanwhile is only acknowledged. */
        void close(Group group, RolloutGroup outcome) {
            if (!isWanted(group)) {
                drop(group.item(), DropReason.STALE);
                return;
            }
            OutgoingRecord record = GroupMessage.ROLLOUTS.record(outcome);
            try {
                sink.send(record);
                finish(group.item());
                report(outcome);
            } catch (RecordTooLargeException e) {
                fail(group, e);
            }
        }

        void fail(Group group, CooperException failure) {
            log.warn(
                    "group {} of step {} failed: {}",
                    group.headers().slot(),
                    group.headers().step(),
                    failure.detail());
            RolloutGroup whole = RolloutGroup.newBuilder()
                    .setRequest(group.request())
                    .setFailure(failure.toFailure(NAME))
                    .build();
            if (failure instanceof RecordTooLargeException) {
                sink.send(GroupMessage.ROLLOUTS.record(
                        GroupMessage.ROLLOUTS.lost(group.headers().toGroupId(), failure.toFailure(NAME))));
                finish(group.item());
                observer.failed(failure.reason());
            } else {
                close(group, whole);
            }
        }

        void drop(Group group) {
            SamplingStage.this.drop(group.item(), DropReason.STALE);
        }

        private void drop(WorkQueue.Item item, DropReason why) {
            SamplingStage.this.drop(item, why);
        }

        private void report(RolloutGroup outcome) {
            if (outcome.hasFailure()) {
                observer.failed(outcome.getFailure().getReason());
            } else {
                observer.completed();
            }
        }
    }
}
