package dev.cooper.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {

    private final KafkaRecords records = new KafkaRecords(new TopicNames("cooper"));

    /** On a compacted topic that takes the key's record away. */
    @Test
    void emptyValueIsNone() {
        ProducerRecord<byte[], byte[]> written =
                records.write(new OutgoingRecord(Topic.CONTROL, false, "r1", Map.of(), new byte[0]));

        assertThat(written.topic()).isEqualTo("cooper.control");
        assertThat(written.key()).asString().isEqualTo("r1");
        assertThat(written.value()).isNull();
    }

    @Test
    void emptyKeyIsNone() {
        ProducerRecord<byte[], byte[]> written =
                records.write(new OutgoingRecord(Topic.PROMPTS, true, "", Map.of("a", "b"), new byte[] {1}));

        assertThat(written.topic()).isEqualTo("cooper.prompts.dlq");
        assertThat(written.key()).isNull();
        assertThat(written.value()).containsExactly(1);
        assertThat(KafkaRecords.headers(written.headers())).containsExactly(Map.entry("a", "b"));
    }
}
