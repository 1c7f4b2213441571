package dev.cooper.platform.stream;

import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.LogRecord;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.converter.RecordMessageConverter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.support.GenericMessage;

/**
 * Hands records of the line to functions as they are: the {@link LogRecord} stands in a header of the message, so that
 * nothing is guessed about the types of Kafka's headers, and records without a value arrive, too.
 */
final class LogRecordConverter implements RecordMessageConverter {

    private static final String RECORD = "cooper_record";

    private final KafkaRecords records;

    LogRecordConverter(KafkaRecords records) {
        this.records = records;
    }

    /** The record that the message was made from. */
    static LogRecord recordOf(Message<?> message) {
        LogRecord record = message.getHeaders().get(RECORD, LogRecord.class);
        if (record == null) {
            throw new IllegalStateException("the binding was not set up by this platform: its messages lack the header "
                    + RECORD + "; set converter-bean-name to logRecordConverter");
        }
        return record;
    }

    @Override
    public Message<?> toMessage(
            ConsumerRecord<?, ?> record,
            @Nullable Object acknowledgment,
            @Nullable Object consumer,
            @Nullable Type payloadType) {
        LogRecord read = records.read(bytes(record));
        Map<String, Object> headers = new HashMap<>();
        headers.put(RECORD, read);
        headers.put(MessageHeaders.CONTENT_TYPE, "application/octet-stream");
        headers.put(KafkaHeaders.RECEIVED_TOPIC, record.topic());
        headers.put(KafkaHeaders.RECEIVED_PARTITION, record.partition());
        headers.put(KafkaHeaders.OFFSET, record.offset());
        if (acknowledgment instanceof Acknowledgment) {
            headers.put(KafkaHeaders.ACKNOWLEDGMENT, acknowledgment);
        }
        return new GenericMessage<>(read.value(), headers);
    }

    @Override
    public ProducerRecord<?, ?> fromMessage(Message<?> message, @Nullable String defaultTopic) {
        throw new UnsupportedOperationException("records are written through RecordSink, not through bindings");
    }

    /** The binder's consumers are made for bytes. */
    @SuppressWarnings("unchecked")
    private static ConsumerRecord<byte[], byte[]> bytes(ConsumerRecord<?, ?> record) {
        return (ConsumerRecord<byte[], byte[]>) record;
    }
}
