package dev.cooper.modelruntime.kafka;

import dev.cooper.modelruntime.trainer.ManifestReader;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.RecordRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Assigns, seeks and reads exactly the records of a manifest, in no consumer group and committing nothing. The consumer
 * is kept from manifest to manifest and made again after a fault. Calls wait for one another.
 */
public final class KafkaManifestReader implements ManifestReader, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final KafkaRecords records;
    private final TopicNames names;
    private final Duration patience;
    private @Nullable Consumer<byte[], byte[]> consumer;

    /**
     * @param consumers makes consumers without a group and without automatic commits
     * @param patience longest wait for the next record
     */
    public KafkaManifestReader(Supplier<Consumer<byte[], byte[]>> consumers, KafkaRecords records, Duration patience) {
        this.consumers = consumers;
        this.records = records;
        this.names = records.names();
        this.patience = patience;
    }

    @Override
    public synchronized List<LogRecord> read(Manifest manifest) {
        Map<TopicPartition, NavigableSet<Long>> wanted = new HashMap<>();
        for (RecordRef reference : manifest.getRecordsList()) {
            wanted.computeIfAbsent(partition(reference), _ -> new TreeSet<>()).add(reference.getOffset());
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        try {
            requireTopics(open(), wanted);
            Map<TopicPartition, Map<Long, LogRecord>> found = read(open(), wanted);
            return manifest.getRecordsList().stream()
                    .map(reference -> found(reference, found))
                    .toList();
        } catch (KafkaException e) {
            close();
            throw new CooperException(FailureReason.TIMEOUT, "the log cannot be read: " + e.getMessage(), e);
        }
    }

    private TopicPartition partition(RecordRef reference) {
        if (names.topic(reference.getTopic()).isEmpty()) {
            throw CooperException.badInput(
                    "manifest.records",
                    "topic '" + reference.getTopic() + "' is not one of this installation, whose prefix is '"
                            + names.prefix() + "'");
        }
        return new TopicPartition(reference.getTopic(), reference.getPartition());
    }

    private Consumer<byte[], byte[]> open() {
        if (consumer == null) {
            consumer = consumers.get();
        }
        return consumer;
    }

    private Map<TopicPartition, Map<Long, LogRecord>> read(
            Consumer<byte[], byte[]> from, Map<TopicPartition, NavigableSet<Long>> wanted) {
        from.assign(wanted.keySet());
        requireThere(from, wanted);
        wanted.forEach((partition, offsets) -> from.seek(partition, offsets.first()));
        Map<TopicPartition, Map<Long, LogRecord>> found = new HashMap<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (!from.assignment().isEmpty()) {
            boolean progress = false;
            for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                NavigableSet<Long> offsets = wanted.get(partition);
                progress = true;
                if (offsets != null && offsets.contains(record.offset())) {
                    found.computeIfAbsent(partition, _ -> new HashMap<>()).put(record.offset(), logRecord(record));
                }
            }
            dropFinished(from, wanted);
            if (progress) {
                deadline = System.nanoTime() + patience.toNanos();
            } else if (System.nanoTime() > deadline && !from.assignment().isEmpty()) {
                throw new CooperException(
                        FailureReason.TIMEOUT,
                        "the log gave no record of " + from.assignment() + " for " + patience.toSeconds()
                                + " s; check the broker");
            }
        }
        return found;
    }

    /**
     * Partitions that were read to the last wanted record are given back, so that nothing more is fetched from them.
     */
    private static void dropFinished(Consumer<byte[], byte[]> from, Map<TopicPartition, NavigableSet<Long>> wanted) {
        List<TopicPartition> unfinished = from.assignment().stream()
                .filter(partition -> {
                    NavigableSet<Long> offsets = wanted.get(partition);
                    return offsets != null && from.position(partition) <= offsets.last();
                })
                .toList();
        if (unfinished.size() < from.assignment().size()) {
            from.assign(unfinished);
        }
    }

    /** Asks for the list of topics: asking for a topic by its name may make a new one of that name. */
    private void requireTopics(Consumer<byte[], byte[]> from, Map<TopicPartition, NavigableSet<Long>> wanted) {
        Map<String, List<PartitionInfo>> topics = from.listTopics(patience);
        wanted.forEach((partition, offsets) -> {
            List<PartitionInfo> partitions = topics.getOrDefault(partition.topic(), List.of());
            if (partitions.stream().noneMatch(info -> info.partition() == partition.partition())) {
                throw missing(
                        partition.topic(),
                        partition.partition(),
                        offsets.first(),
                        partitions.isEmpty()
                                ? "topic " + partition.topic() + " does not exist: it was deleted, or this is another"
                                        + " broker than the run's"
                                : "topic " + partition.topic() + " has " + partitions.size()
                                        + " partitions only: it was made anew");
            }
        });
    }

    private void requireThere(Consumer<byte[], byte[]> from, Map<TopicPartition, NavigableSet<Long>> wanted) {
        Map<TopicPartition, Long> begins = from.beginningOffsets(wanted.keySet(), patience);
        Map<TopicPartition, Long> ends = from.endOffsets(wanted.keySet(), patience);
        wanted.forEach((partition, offsets) -> {
            long begin = begins.getOrDefault(partition, 0L);
            long end = ends.getOrDefault(partition, 0L);
            if (offsets.first() < begin) {
                throw missing(
                        partition.topic(),
                        partition.partition(),
                        offsets.first(),
                        "the log begins at " + begin + ": its retention is shorter than the run's checkpoint interval");
            }
            if (offsets.last() >= end) {
                throw missing(
                        partition.topic(),
                        partition.partition(),
                        offsets.last(),
                        "the log ends at " + end
                                + ": its last writes were lost with the broker's disk, or the topic was made anew");
            }
        });
    }

    private static LogRecord found(RecordRef reference, Map<TopicPartition, Map<Long, LogRecord>> found) {
        LogRecord record = found.getOrDefault(
                        new TopicPartition(reference.getTopic(), reference.getPartition()), Map.of())
                .get(reference.getOffset());
        if (record == null) {
            throw missing(
                    reference.getTopic(),
                    reference.getPartition(),
                    reference.getOffset(),
                    "the log skips it: it was compacted or deleted");
        }
        return record;
    }

    private static CooperException missing(String topic, int partition, long offset, String why) {
        return new CooperException(
                FailureReason.INTERNAL,
                "the manifest's record " + topic + "-" + partition + "@" + offset + " is not in the log: " + why);
    }

    private LogRecord logRecord(ConsumerRecord<byte[], byte[]> record) {
        LogRecord read = records.read(record);
        if (read.forgery() != null) {
            throw new CooperException(
                    FailureReason.BAD_INPUT,
                    "the manifest's record " + record.topic() + "-" + record.partition() + "@" + record.offset()
                            + " is forged: " + read.forgery());
        }
        return read;
    }

    @Override
    public synchronized void close() {
        if (consumer != null) {
            consumer.close();
        }
        consumer = null;
    }
}
