package dev.cooper.orchestrator.line;

import dev.cooper.orchestrator.run.ClosedGroups;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/**
 * The log as the orchestrator reads it: plain consumers without a group: one follows the open step, one fetches frozen
 * records, and one asks where topics end, so that none moves or delays another. For one thread.
 */
public final class KafkaClosedGroups implements ClosedGroups, AutoCloseable {

    private final TopicNames topics;
    private final KafkaRecords records;
    private final Consumer<byte[], byte[]> follower;

    /** Asks for offsets only: a broker answers nothing else on a connection while it holds a fetch back there. */
    private final Consumer<byte[], byte[]> asker;

    private final ManifestFetch fetch;
    private final Supplier<Consumer<byte[], byte[]>> readers;

    /**
     * @param readers makes consumers that belong to no group and commit nothing; three are taken, and now and then a
     *     fourth; all are closed
     */
    public KafkaClosedGroups(TopicNames topics, KafkaRecords records, Supplier<Consumer<byte[], byte[]>> readers) {
        this.topics = topics;
        this.records = records;
        this.readers = readers;
        this.follower = readers.get();
        this.asker = readers.get();
        this.fetch = new ManifestFetch(records, readers.get());
    }

    @Override
    public Map<Integer, Long> begin(Topic topic) {
        return answered(() -> byNumber(follower.beginningOffsets(partitions(topic))));
    }

    @Override
    public Map<Integer, Long> end(Topic topic) {
        return answered(() -> byNumber(asker.endOffsets(partitions(topic))));
    }

    private static Map<Integer, Long> byNumber(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byNumber = new HashMap<>();
        offsets.forEach((partition, offset) -> byNumber.put(partition.partition(), offset));
        return byNumber;
    }

    @Override
    public void read(Topic topic, Map<Integer, Long> from) {
        List<TopicPartition> partitions = answered(() -> partitions(topic));
        follower.assign(partitions);
        for (TopicPartition partition : partitions) {
            // A partition that was added since holds nothing older.
            follower.seek(partition, from.getOrDefault(partition.partition(), 0L));
        }
    }

    private List<TopicPartition> partitions(Topic topic) {
        List<PartitionInfo> known = asker.partitionsFor(topics.name(topic));
        if (known == null || known.isEmpty()) {
            throw new CooperException(
                    FailureReason.NO_CAPACITY,
                    "the log has no topic " + topics.name(topic) + " yet; its broker may be starting");
        }
        return known.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    @Override
    public List<LogRecord> poll(Duration wait) {
        return answered(() -> {
            List<LogRecord> read = new ArrayList<>();
            try {
                for (ConsumerRecord<byte[], byte[]> record : follower.poll(wait)) {
                    read.add(records.read(record));
                }
            } catch (InvalidOffsetException e) {
                // What retention has removed cannot close a group any more; the group is sent again when it is late.
                follower.seekToBeginning(e.partitions());
            }
            return read;
        });
    }

    @Override
    public List<LogRecord> fetch(Manifest manifest) {
        return answered(() -> fetch.fetch(manifest));
    }

    @Override
    public List<LogRecord> last(Topic topic, int atMost) {
        return answered(() -> {
            try (Consumer<byte[], byte[]> reader = readers.get()) {
                return new TopicTail(records, reader).last(partitions(topic), atMost);
            }
        });
    }

    private static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (RetriableException e) {
            throw new CooperException(
                    FailureReason.NO_CAPACITY, "the log's broker does not answer: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new CooperException(FailureReason.INTERNAL, "the log cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        follower.close();
        asker.close();
        fetch.close();
    }
}
