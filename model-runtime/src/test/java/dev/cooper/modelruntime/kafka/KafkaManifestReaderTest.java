package dev.cooper.modelruntime.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Sha256;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

class KafkaManifestReaderTest {

    private static final String TOPIC = "cooper.scored";
    private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 2, TOPIC);

    private final KafkaManifestReader reader = new KafkaManifestReader(
            KafkaManifestReaderTest::consumer, new KafkaRecords(new TopicNames("cooper")), Duration.ofSeconds(5));

    @BeforeAll
    static void startBroker() {
        BROKER.afterPropertiesSet();
    }

    @AfterAll
    static void stopBroker() {
        BROKER.destroy();
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void readsExactlyTheRecordsNamedInTheManifestsOrder() throws Exception {
        List<RecordRef> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            written.add(write(i, i % 2, "record " + i));
        }
        Manifest manifest = manifest(written.get(17), written.get(4), written.get(10));

        assertThat(reader.read(manifest))
                .extracting(KafkaManifestReaderTest::text)
                .containsExactly("record 17", "record 4", "record 10");
        LogRecord first = reader.read(manifest).getFirst();
        assertThat(first.topic()).isEqualTo(Topic.SCORED);
        assertThat(first.partition()).isOne();
        assertThat(first.offset()).isEqualTo(written.get(17).getOffset());
        assertThat(first.key()).isEqualTo("run/17");
        assertThat(first.headers()).isEqualTo(Map.of("cooper-slot", "17"));
        assertThat(first.sha256()).isEqualTo(written.get(17).getSha256());
    }

    @Test
    void anEmptyManifestAsksNothing() {
        assertThat(reader.read(manifest())).isEmpty();
    }

    @Test
    void aRecordBehindTheEndOfTheLogIsNamed() throws Exception {
        RecordRef last = write(1, 0, "last");
        RecordRef next = last.toBuilder().setOffset(last.getOffset() + 1).build();

        assertThatThrownBy(() -> reader.read(manifest(next)))
                .hasMessageContaining("cooper.scored-0@" + next.getOffset())
                .hasMessageContaining("the log ends at");
    }

    @Test
    void aRecordThatRetentionTookIsNamedWithTheCause() throws Exception {
        RecordRef gone = write(1, 1, "gone");
        RecordRef kept = write(2, 1, "kept");
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", BROKER.getBrokersAsString()))) {
            TopicPartition partition = new TopicPartition(TOPIC, 1);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(kept.getOffset())))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> reader.read(manifest(gone, kept)))
                .hasMessageContaining("cooper.scored-1@" + gone.getOffset())
                .hasMessageContaining("retention");
        assertThat(reader.read(manifest(kept)))
                .extracting(KafkaManifestReaderTest::text)
                .containsExactly("kept");
    }

    @Test
    void aTopicThatIsLostIsNamedAndNotMadeAnew() throws Exception {
        RecordRef lost = RecordRef.newBuilder()
                .setTopic("cooper.pairs")
                .setPartition(1)
                .setOffset(17)
                .build();

        assertThatThrownBy(() -> reader.read(manifest(lost)))
                .hasMessageContaining("cooper.pairs-1@17")
                .hasMessageContaining("topic cooper.pairs does not exist");
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", BROKER.getBrokersAsString()))) {
            assertThat(admin.listTopics().names().get()).doesNotContain("cooper.pairs");
        }
    }

    @Test
    void aPartitionThatIsLostIsNamed() throws Exception {
        RecordRef lost = write(1, 0, "there").toBuilder().setPartition(7).build();

        assertThatThrownBy(() -> reader.read(manifest(lost)))
                .hasMessageContaining("cooper.scored-7@" + lost.getOffset())
                .hasMessageContaining("has 2 partitions only");
    }

    @Test
    void aTopicOfAnotherInstallationIsRefused() {
        RecordRef foreign = RecordRef.newBuilder().setTopic("other.scored").build();

        assertThatThrownBy(() -> reader.read(manifest(foreign)))
                .hasMessageContaining("other.scored")
                .hasMessageContaining("'cooper'");
    }

    private static String text(LogRecord record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private static Manifest manifest(RecordRef... records) {
        return Manifest.newBuilder()
                .setRunId("run")
                .setKind(ModelKind.POLICY)
                .addAllRecords(List.of(records))
                .build();
    }

    private static RecordRef write(int slot, int partition, String text)
            throws ExecutionException, InterruptedException {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        byte[] key = ("run/" + slot).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(TOPIC, partition, key, value);
        record.headers().add("cooper-slot", Integer.toString(slot).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> config = Map.of("bootstrap.servers", BROKER.getBrokersAsString());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            RecordMetadata written = producer.send(record).get();
            return RecordRef.newBuilder()
                    .setSlot(slot)
                    .setTopic(TOPIC)
                    .setPartition(partition)
                    .setOffset(written.offset())
                    .setSha256(Sha256.hex(value))
                    .build();
        }
    }

    private static Consumer<byte[], byte[]> consumer() {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                BROKER.getBrokersAsString(),
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "none");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
