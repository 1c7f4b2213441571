package dev.cooper.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
    private static final String TOPIC = "kept";

    @TempDir
    private Path temp = Path.of("");

    @Test
    void recordsOutliveARestart() throws Exception {
        String cluster;
        String address;
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp)) {
            address = broker.bootstrapServers();
            cluster = clusterAfterCreating(address);
            write(address, "one", "two");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(temp)) {
            assertThat(broker.bootstrapServers()).as("the ports of last time").isEqualTo(address);
            assertThat(cluster(address)).isEqualTo(cluster);
            write(address, "three");
            assertThat(read(address, 3)).containsExactly("one", "two", "three");
        }
        assertThat(Files.exists(temp.resolve("data").resolve(".kafka_cleanshutdown")))
                .as("written after the last flush")
                .isTrue();
    }

    private static String clusterAfterCreating(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
        return cluster(address);
    }

    private static String cluster(String address) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            return admin.describeCluster().clusterId().get();
        }
    }

    private static void write(String address, String... values) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address, "acks", "all"), new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(TOPIC, value)).get();
            }
        }
    }

    private static List<String> read(String address, int count) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", address, "max.poll.records", count),
                new StringDeserializer(),
                new StringDeserializer())) {
            Set<TopicPartition> all = Set.of(new TopicPartition(TOPIC, 0));
            consumer.assign(all);
            consumer.seekToBeginning(all);
            return StreamSupport.stream(consumer.poll(Duration.ofSeconds(10)).spliterator(), false)
                    .map(record -> record.value())
                    .toList();
        }
    }
}
