package dev.cooper.platform.kafka;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.RunControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topic on a thread of its own, without a group and from the beginning, and posts what it reads on
 * the board. A record that cannot be read is counted and passed over.
 */
public final class ControlReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(1);

    private final KafkaClients clients;
    private final KafkaRecords records;
    private final String topic;
    private final ControlBoard board;
    private final Consumer<DeadLetterReason> refused;
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private volatile @Nullable String trouble;
    private @Nullable Thread thread;

    /**
     * A reader that does not read yet.
     *
     * @param refused called with the reason for each record that is passed over
     */
    public ControlReader(
            KafkaClients clients, KafkaRecords records, ControlBoard board, Consumer<DeadLetterReason> refused) {
        this.clients = clients;
        this.records = records;
        this.topic = records.names().name(Topic.CONTROL);
        this.board = board;
        this.refused = refused;
    }

    /** Starts to follow, and returns when everything written so far is on the board. */
    public synchronized void start() {
        if (thread == null) {
            asked.add(caughtUp);
            thread = Thread.ofPlatform().daemon().name("control-reader").start(this::follow);
        }
        await(caughtUp, clients.startupTimeout());
    }

    /** Whether everything that was written before the start is on the board and the topic can be read. */
    public boolean isCurrent() {
        return caughtUp.isDone() && trouble == null;
    }

    /** What keeps the topic from being read now, if anything. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Completes when everything that is in the topic at the time of this call is on the board. */
    public CompletableFuture<Void> barrier() {
        CompletableFuture<Void> barrier = new CompletableFuture<>();
        asked.add(barrier);
        return barrier;
    }

    /**
     * Returns when everything that is in the topic at the time of this call is on the board.
     *
     * @throws CooperException TIMEOUT if that takes longer than allowed
     */
    public void catchUp(Duration atMost) {
        await(barrier(), atMost);
    }

    @Override
    public synchronized void close() {
        stopping.countDown();
        if (thread != null) {
            try {
                thread.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void await(CompletableFuture<Void> barrier, Duration atMost) {
        try {
            barrier.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String why = trouble == null ? "" : ": " + trouble;
            throw new CooperException(
                    FailureReason.TIMEOUT,
                    "topic " + topic + " could not be read to its end within " + atMost.toSeconds() + " s from "
                            + clients.bootstrapServers() + why,
                    e);
        } catch (ExecutionException e) {
            throw CooperException.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CooperException(FailureReason.CANCELLED, "interrupted while waiting for control", e);
        }
    }

    private void follow() {
        List<Barrier> open = new ArrayList<>();
        while (!isStopping(Duration.ZERO)) {
            try (KafkaConsumer<byte[], byte[]> consumer = clients.reader("control")) {
                assign(consumer);
                // Where these stood in the topic was asked of a consumer that is no more.
                open.forEach(barrier -> asked.add(barrier.reached()));
                open.clear();
                while (!isStopping(Duration.ZERO)) {
                    read(consumer, open);
                }
            } catch (KafkaException e) {
                trouble = String.valueOf(e.getMessage());
                LOG.warn("topic {} cannot be read, trying again: {}", topic, trouble);
                isStopping(BEFORE_RETRY);
            }
        }
    }

    private void assign(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, List<Barrier> open) {
        for (CompletableFuture<Void> next = asked.poll(); next != null; next = asked.poll()) {
            Barrier barrier = new Barrier(next, Map.of());
            open.add(barrier);
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            open.set(open.size() - 1, new Barrier(next, ends));
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            post(record);
        }
        trouble = null;
        open.removeIf(barrier -> barrier.completeAt(consumer));
    }

    private void post(ConsumerRecord<byte[], byte[]> record) {
        LogRecord read = records.read(record);
        if (read.forgery() != null) {
            LOG.warn("control record {}/{} was passed over: {}", topic, record.offset(), read.forgery());
            refused.accept(DeadLetterReason.FORGED);
            return;
        }
        if (record.value() == null) {
            board.forget(read.key());
            return;
        }
        try {
            board.update(control(read.key(), read.value()));
        } catch (InvalidProtocolBufferException e) {
            // One bad record must not stop every instance; nor must one bad listener.
            LOG.warn("control record {}/{} was passed over: {}", topic, record.offset(), e.getMessage());
            refused.accept(DeadLetterReason.UNREADABLE_VALUE);
        } catch (RuntimeException e) {
            LOG.error("control record {}/{} was passed over", topic, record.offset(), e);
            refused.accept(DeadLetterReason.UNREADABLE_VALUE);
        }
    }

    /** Other messages often parse, too, as a control of no run or of another one than the key names. */
    private static RunControl control(String run, byte[] value) throws InvalidProtocolBufferException {
        RunControl control = RunControl.parseFrom(value);
        if (control.getRunId().isEmpty() || !control.getRunId().equals(run)) {
            throw new InvalidProtocolBufferException(
                    "the record's key is '" + run + "', the run in the value '" + control.getRunId() + "'");
        }
        return control;
    }

    private boolean isStopping(Duration wait) {
        try {
            return stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Reached when the consumer stands at the ends. */
    private record Barrier(CompletableFuture<Void> reached, Map<TopicPartition, Long> ends) {

        boolean completeAt(KafkaConsumer<byte[], byte[]> consumer) {
            boolean there = ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
            if (there) {
                reached.complete(null);
            }
            return there;
        }
    }
}
