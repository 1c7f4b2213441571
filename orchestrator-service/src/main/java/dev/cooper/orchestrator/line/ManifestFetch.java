package dev.cooper.orchestrator.line;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.RecordRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads exactly the records of a manifest: assigns, seeks, and checks each against its SHA-256. For one thread. */
final class ManifestFetch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    /** Polls without progress after which the log counts as silent. */
    private static final int PATIENCE = 20;

    private final KafkaRecords records;
    private final Consumer<byte[], byte[]> consumer;

    ManifestFetch(KafkaRecords records, Consumer<byte[], byte[]> consumer) {
        this.records = records;
        this.consumer = consumer;
    }

    /** The records, in the manifest's order. */
    List<LogRecord> fetch(Manifest manifest) {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        Map<TopicPartition, Long> lasts = new HashMap<>();
        Map<String, RecordRef> wanted = new HashMap<>();
        for (RecordRef ref : manifest.getRecordsList()) {
            TopicPartition partition = new TopicPartition(ref.getTopic(), ref.getPartition());
            firsts.merge(partition, ref.getOffset(), Math::min);
            lasts.merge(partition, ref.getOffset(), Math::max);
            wanted.put(place(partition, ref.getOffset()), ref);
        }
        Map<RecordRef, LogRecord> found = new HashMap<>();
        if (!wanted.isEmpty()) {
            consumer.assign(firsts.keySet());
            // The last fetch paused them.
            consumer.resume(firsts.keySet());
            firsts.forEach(consumer::seek);
            collect(lasts, wanted, found, manifest);
        }
        return manifest.getRecordsList().stream()
                .map(ref -> checked(ref, found, manifest))
                .toList();
    }

    private void collect(
            Map<TopicPartition, Long> lasts,
            Map<String, RecordRef> wanted,
            Map<RecordRef, LogRecord> found,
            Manifest manifest) {
        Map<TopicPartition, Long> open = new HashMap<>(lasts);
        int silent = 0;
        while (!open.isEmpty()) {
            int before = found.size();
            for (ConsumerRecord<byte[], byte[]> record : poll(manifest)) {
                String place = place(new TopicPartition(record.topic(), record.partition()), record.offset());
                Optional.ofNullable(wanted.get(place)).ifPresent(ref -> found.put(ref, records.read(record)));
            }
            // Past its last record also when that is gone and a later one came instead.
            Set<TopicPartition> done = open.entrySet().stream()
                    .filter(last -> consumer.position(last.getKey()) > last.getValue())
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            open.keySet().removeAll(done);
            consumer.pause(done);
            silent = found.size() > before || !done.isEmpty() ? 0 : silent + 1;
            if (silent > PATIENCE) {
                throw silence(manifest);
            }
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Manifest manifest) {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "records of step " + manifest.getStep() + " of run " + manifest.getRunId()
                            + " are gone from the log (" + e.offsetOutOfRangePartitions()
                            + "); its retention must be longer than a step takes",
                    e);
        }
    }

    private static CooperException silence(Manifest manifest) {
        return new CooperException(
                FailureReason.NO_CAPACITY,
                "the log gave no record of step " + manifest.getStep() + " of run " + manifest.getRunId() + " for "
                        + POLL.multipliedBy(PATIENCE).toSeconds() + " s");
    }

    private static String place(TopicPartition partition, long offset) {
        return partition.topic() + "/" + partition.partition() + "/" + offset;
    }

    private static LogRecord checked(RecordRef ref, Map<RecordRef, LogRecord> found, Manifest manifest) {
        LogRecord record = found.get(ref);
        String place = place(new TopicPartition(ref.getTopic(), ref.getPartition()), ref.getOffset());
        if (record == null) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "record " + place + " of step " + manifest.getStep()
                            + " is gone from the log; its retention must be longer than a step takes");
        }
        if (record.forgery() != null) {
            throw new CooperException(FailureReason.INTERNAL, "record " + place + " is forged: " + record.forgery());
        }
        if (!record.sha256().equals(ref.getSha256())) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "record " + place + " has SHA-256 " + record.sha256() + ", the manifest of step "
                            + manifest.getStep() + " has " + ref.getSha256());
        }
        return record;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
