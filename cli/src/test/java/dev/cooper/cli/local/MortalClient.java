package dev.cooper.cli.local;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Ends its JVM around one record that a producer sends, without any of the JVM's hooks, as SIGKILL would: either before
 * the record leaves, or when the broker has it and nobody has been told. A system property says when.
 */
public final class MortalClient implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    static final int STATUS = 137;

    private static final String PROPERTY = "mortal.client";
    /** The producers of a JVM count together. */
    private static final AtomicInteger SENT = new AtomicInteger();

    private static final AtomicInteger ACKNOWLEDGED = new AtomicInteger();

    private final String topic;
    private final int deadlySend;
    private final int deadlyAcknowledgement;

    /** Kafka makes it. */
    public MortalClient() {
        List<String> point = List.of(System.getProperty(PROPERTY, "/0/0").split("/", -1));
        topic = point.get(0);
        deadlySend = Integer.parseInt(point.get(1));
        deadlyAcknowledgement = Integer.parseInt(point.get(2));
    }

    /** Options of a JVM that dies before it sends its n-th record of a topic. */
    static String[] dyingBeforeSend(String topic, int number) {
        return options(topic + "/" + number + "/0");
    }

    /** Options of a JVM that dies when the broker has the n-th record of a topic, before its producer knows. */
    static String[] dyingBeforeAcknowledgement(String topic, int number) {
        return options(topic + "/0/" + number);
    }

    private static String[] options(String point) {
        return new String[] {
            "-D" + PROPERTY + "=" + point,
            // Kafka's consumers get it as well: to them it does nothing.
            "-Dcooper.kafka.client.interceptor.classes=" + MortalClient.class.getName()
        };
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (record.topic().equals(topic) && SENT.incrementAndGet() == deadlySend) {
            Runtime.getRuntime().halt(STATUS);
        }
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure == null
                && metadata != null
                && metadata.topic().equals(topic)
                && ACKNOWLEDGED.incrementAndGet() == deadlyAcknowledgement) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Only sends are deadly.
    }

    @Override
    public void close() {
        // It holds nothing.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // The system property says all.
    }
}
