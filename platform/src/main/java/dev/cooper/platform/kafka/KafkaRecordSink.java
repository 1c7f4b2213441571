package dev.cooper.platform.kafka;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.RecordTooLargeException;
import dev.cooper.proto.v1.FailureReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;

/** Writes records to Kafka; each is on all replicas before the call returns. Safe for several threads. */
public final class KafkaRecordSink implements RecordSink, AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final KafkaRecords records;
    private final UnaryOperator<OutgoingRecord> stamp;

    /** Takes over the producer, and closes it. */
    public KafkaRecordSink(Producer<byte[], byte[]> producer, KafkaRecords records) {
        this(producer, records, UnaryOperator.identity());
    }

    /**
     * Takes over the producer, and closes it.
     *
     * @param stamp puts into a record's headers which trace it belongs to
     */
    public KafkaRecordSink(
            Producer<byte[], byte[]> producer, KafkaRecords records, UnaryOperator<OutgoingRecord> stamp) {
        this.producer = producer;
        this.records = records;
        this.stamp = stamp;
    }

    @Override
    public void send(OutgoingRecord record) {
        sendAll(List.of(record));
    }

    /** Records of one topic are on their way together: many cost little more time than one. */
    @Override
    public void sendAll(List<OutgoingRecord> outgoing) {
        int from = 0;
        for (int i = 1; i <= outgoing.size(); i++) {
            boolean topicEnds = i == outgoing.size() || !topic(outgoing.get(i)).equals(topic(outgoing.get(from)));
            if (topicEnds) {
                sendTogether(outgoing.subList(from, i));
                from = i;
            }
        }
    }

    private String topic(OutgoingRecord record) {
        return records.nameOf(record);
    }

    private void sendTogether(List<OutgoingRecord> outgoing) {
        List<ProducerRecord<byte[], byte[]>> written =
                outgoing.stream().map(stamp).map(records::write).toList();
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            try {
                answers.add(producer.send(written.get(i)));
            } catch (KafkaException e) {
                throw failure(written.get(i), outgoing.get(i), e);
            }
        }
        for (int i = 0; i < written.size(); i++) {
            await(answers.get(i), written.get(i), outgoing.get(i));
        }
    }

    private static void await(
            Future<RecordMetadata> answer, ProducerRecord<byte[], byte[]> written, OutgoingRecord record) {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw failure(written, record, e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CooperException(FailureReason.CANCELLED, "interrupted while writing to " + written.topic(), e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }

    private static CooperException failure(
            ProducerRecord<byte[], byte[]> written, OutgoingRecord record, Throwable cause) {
        if (cause instanceof org.apache.kafka.common.errors.RecordTooLargeException) {
            return new RecordTooLargeException(
                    "a record of " + record.value().length + " bytes is too large for topic " + written.topic()
                            + ": raise cooper.kafka.max-record-size and the topic's max.message.bytes,"
                            + " or let groups be smaller or completions shorter",
                    cause);
        }
        FailureReason reason = cause instanceof RetriableException ? FailureReason.TIMEOUT : FailureReason.INTERNAL;
        return new CooperException(
                reason, "a record could not be written to topic " + written.topic() + ": " + cause.getMessage(), cause);
    }
}
