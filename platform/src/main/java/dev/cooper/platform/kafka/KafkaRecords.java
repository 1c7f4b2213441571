package dev.cooper.platform.kafka;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Kafka's records as records of the line, and back. */
public final class KafkaRecords {

    private final TopicNames names;

    public KafkaRecords(TopicNames names) {
        this.names = names;
    }

    /**
     * The record as the line sees it; missing key and value are empty.
     *
     * @throws IllegalArgumentException if the topic is not one of this installation
     */
    public LogRecord read(ConsumerRecord<byte[], byte[]> record) {
        Topic topic = names.topic(record.topic())
                .orElseThrow(() -> new IllegalArgumentException(
                        "topic " + record.topic() + " is not one of installation " + names.prefix()));
        byte[] value = record.value();
        return new LogRecord(
                topic,
                record.partition(),
                record.offset(),
                text(record.key()),
                headers(record.headers()),
                value == null ? new byte[0] : value);
    }

    /** The record as Kafka's producer takes it; an empty key is none, and so is an empty value. */
    public ProducerRecord<byte[], byte[]> write(OutgoingRecord record) {
        byte[] key = record.key().isEmpty() ? null : record.key().getBytes(StandardCharsets.UTF_8);
        // On the compacted topic no value takes the key's record away.
        byte[] value = record.value().length == 0 ? null : record.value();
        ProducerRecord<byte[], byte[]> written = new ProducerRecord<>(names.nameOf(record), key, value);
        record.headers().forEach((name, text) -> written.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return written;
    }

    /** Name of the topic that the record goes to. */
    String nameOf(OutgoingRecord record) {
        return names.nameOf(record);
    }

    /** Headers as text; the last one wins where a name is repeated. */
    public static Map<String, String> headers(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : headers) {
            texts.put(header.key(), text(header.value()));
        }
        return texts;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
