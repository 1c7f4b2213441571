package dev.cooper.platform.testing;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSeal;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.RunControl;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes to and reads from the topics of one installation, as a test's other end of the line. */
public final class TestingLog implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<String, Object> config;
    private final TopicNames names;
    private final RecordSeal seal;
    private final KafkaProducer<byte[], byte[]> producer;

    public TestingLog(String bootstrapServers, String prefix) {
        this(bootstrapServers, prefix, RecordSeal.none());
    }

    /** @param seal that its records get */
    public TestingLog(String bootstrapServers, String prefix, RecordSeal seal) {
        this.config = Map.of("bootstrap.servers", bootstrapServers);
        this.names = new TopicNames(prefix);
        this.seal = seal;
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    public void post(RunControl control) {
        send(new OutgoingRecord(Topic.CONTROL, false, control.getRunId(), Map.of(), control.toByteArray()));
    }

    public void send(OutgoingRecord record) {
        send(record, record.value());
    }

    /** Sends the record with another value, or none. */
    public void send(OutgoingRecord record, byte @Nullable [] value) {
        ProducerRecord<byte[], byte[]> written =
                new ProducerRecord<>(names.nameOf(record), record.key().getBytes(StandardCharsets.UTF_8), value);
        Map<String, String> headers = new HashMap<>(record.headers());
        seal.sign(written.topic(), record.key(), record.headers(), value == null ? new byte[0] : value)
                .ifPresent(signature -> headers.put(RecordSeal.HEADER, signature));
        headers.forEach((name, text) -> written.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(written).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All records of the topic, as soon as there are so many; fails when there are fewer after a while. */
    public List<LogRecord> read(Topic topic, int atLeast) {
        return read(topic, names.name(topic), _ -> true, atLeast);
    }

    /** All records of a run, as soon as there are so many; fails when there are fewer after a while. */
    public List<LogRecord> read(Topic topic, String runId, int atLeast) {
        return read(topic, names.name(topic), record -> record.key().startsWith(runId + "/"), atLeast);
    }

    /** All dead letters of the topic, as soon as there are so many; fails when there are fewer after a while. */
    public List<LogRecord> readDeadLetters(Topic topic, int atLeast) {
        return read(topic, names.deadLetter(topic), _ -> true, atLeast);
    }

    private List<LogRecord> read(Topic topic, String name, Predicate<LogRecord> wanted, int atLeast) {
        List<LogRecord> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<PartitionInfo> infos = consumer.partitionsFor(name);
            List<TopicPartition> partitions = infos.stream()
                    .map(info -> new TopicPartition(name, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (long left = PATIENCE.toMillis(); left > 0; left -= 50) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    LogRecord read = logRecord(topic, record);
                    if (wanted.test(read)) {
                        found.add(read);
                    }
                }
                if (found.size() >= atLeast && atEnd(consumer, partitions)) {
                    return found;
                }
            }
        }
        throw new AssertionError(name + " holds " + found.size() + " records, not " + atLeast + ": " + found);
    }

    private static boolean atEnd(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Sum of the offsets that the group has committed for the topic. */
    public long committed(String group, Topic topic) {
        try (Admin admin = Admin.create(config)) {
            return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(names.name(topic)))
                    .filter(entry -> entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LogRecord logRecord(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return new LogRecord(topic, record.partition(), record.offset(), key, headers, value);
    }

    @Override
    public void close() {
        producer.close();
    }
}
