package dev.cooper.orchestrator.line;

import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.LogRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the ends of partitions, and gives up on what does not come at once. For one thread. */
final class TopicTail {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int POLLS = 10;

    private final KafkaRecords records;
    private final Consumer<byte[], byte[]> consumer;

    TopicTail(KafkaRecords records, Consumer<byte[], byte[]> consumer) {
        this.records = records;
        this.consumer = consumer;
    }

    List<LogRecord> last(List<TopicPartition> partitions, int atMost) {
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        consumer.assign(partitions);
        end.forEach((partition, offset) ->
                consumer.seek(partition, Math.max(begin.getOrDefault(partition, 0L), offset - atMost)));
        List<LogRecord> read = new ArrayList<>();
        for (int i = 0; i < POLLS && !isAtEnd(end); i++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                read.add(records.read(record));
            }
        }
        return read;
    }

    private boolean isAtEnd(Map<TopicPartition, Long> end) {
        return end.entrySet().stream().allMatch(last -> consumer.position(last.getKey()) >= last.getValue());
    }
}
