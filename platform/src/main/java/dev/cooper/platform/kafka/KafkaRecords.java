package dev.cooper.platform.kafka;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSeal;
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
    private final RecordSeal seal;

    /** Records that nobody signs. */
    public KafkaRecords(TopicNames names) {
        this(names, RecordSeal.none());
    }

    /** @param seal what is written is signed with it, and what is read is held against it */
    public KafkaRecords(TopicNames names, RecordSeal seal) {
        this.names = names;
        this.seal = seal;
    }

    public TopicNames names() {
        return names;
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
        String key = text(record.key());
        Map<String, String> headers = headers(record.headers());
        byte[] value = record.value() == null ? new byte[0] : record.value();
        String forgery = seal.forgery(record.topic(), key, headers, value);
        return new LogRecord(topic, record.partition(), record.offset(), key, headers, value, forgery);
    }

    /** The record as Kafka's producer takes it; an empty key is none, and so is an empty value. */
    public ProducerRecord<byte[], byte[]> write(OutgoingRecord record) {
        byte[] key = record.key().isEmpty() ? null : record.key().getBytes(StandardCharsets.UTF_8);
        // On the compacted topic no value takes the key's record away.
        byte[] value = record.value().length == 0 ? null : record.value();
        ProducerRecord<byte[], byte[]> written = new ProducerRecord<>(names.nameOf(record), key, value);
        Map<String, String> headers = new HashMap<>(record.headers());
        // Of the record that a dead letter was; on this topic it says nothing.
        headers.remove(RecordSeal.HEADER);
        seal.sign(written.topic(), record.key(), headers, record.value())
                .ifPresent(signature -> headers.put(RecordSeal.HEADER, signature));
        headers.forEach((name, text) -> written.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
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
