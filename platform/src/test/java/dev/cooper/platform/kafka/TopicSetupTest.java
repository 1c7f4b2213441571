package dev.cooper.platform.kafka;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordTooLargeException;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.proto.v1.FailureReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class TopicSetupTest {

    private final String bootstrapServers = TestingBroker.shared().bootstrapServers();

    @Test
    void topicsAreMadeOnceAndStayAsTheyAre() throws Exception {
        TopicNames names = new TopicNames("setup-test");
        setup(names, settings(bootstrapServers, 2)).ensure();
        setup(names, settings(bootstrapServers, 3)).ensure();

        try (Admin admin = clients(settings(bootstrapServers, 2)).admin()) {
            List<String> wanted =
                    List.of(names.name(Topic.PROMPTS), names.name(Topic.CONTROL), names.deadLetter(Topic.STEP_EVENTS));
            Map<String, TopicDescription> found =
                    admin.describeTopics(wanted).allTopicNames().get();
            assertThat(partitions(found, "setup-test.prompts")).isEqualTo(2);
            assertThat(partitions(found, "setup-test.control")).isEqualTo(1);
            assertThat(partitions(found, "setup-test.step-events.dlq")).isEqualTo(1);
            assertThat(config(admin, "setup-test.control", "cleanup.policy")).isEqualTo("compact");
            assertThat(config(admin, "setup-test.prompts", "cleanup.policy")).isEqualTo("delete");
            assertThat(config(admin, "setup-test.prompts", "retention.ms"))
                    .isEqualTo(Long.toString(Duration.ofDays(7).toMillis()));
            assertThat(config(admin, "setup-test.model-versions", "retention.ms"))
                    .isEqualTo("-1");
        }
        assertThat(setup(names, settings(bootstrapServers, 2)).recordLimits()).containsEntry(Topic.SCORED, 1024 * 1024);
    }

    @Test
    void theLimitOfATopicThatTakesLessIsTold() throws Exception {
        TopicNames names = new TopicNames("small-topics");
        KafkaSettings settings = settings(bootstrapServers, 1);
        try (Admin admin = clients(settings).admin()) {
            admin.createTopics(List.of(new NewTopic("small-topics.rollouts", 1, (short) 1)
                            .configs(Map.of("max.message.bytes", "5000"))))
                    .all()
                    .get();
        }

        TopicSetup setup = setup(names, settings);
        setup.ensure();

        assertThat(setup.recordLimits()).containsEntry(Topic.ROLLOUTS, 5000);
        byte[] noise = new byte[6000];
        new Random(1).nextBytes(noise);
        try (KafkaRecordSink sink = new KafkaRecordSink(clients(settings).producer("test"), new KafkaRecords(names))) {
            assertThatThrownBy(() -> sink.send(new OutgoingRecord(Topic.ROLLOUTS, false, "k", Map.of(), noise)))
                    .isInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("6000 bytes")
                    .hasMessageContaining("small-topics.rollouts")
                    .hasMessageContaining("max.message.bytes");
            sink.send(new OutgoingRecord(Topic.ROLLOUTS, false, "k", Map.of(), new byte[6000]));
        }
    }

    @Test
    void aBrokerThatIsNotThereIsNamed() {
        KafkaSettings settings = new KafkaSettings(
                "127.0.0.1:1",
                1,
                1,
                Duration.ofDays(7),
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Map.of());

        assertThatThrownBy(() -> setup(new TopicNames("nowhere"), settings).ensure())
                .isInstanceOfSatisfying(
                        CooperException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(FailureReason.TIMEOUT))
                .hasMessageContaining("no Kafka broker answers at 127.0.0.1:1")
                .hasMessageContaining("cooper.kafka.bootstrap-servers");
    }

    private static String config(Admin admin, String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<ConfigResource, Config> configs =
                admin.describeConfigs(List.of(resource)).all().get();
        return requireNonNull(configs.get(resource)).get(key).value();
    }

    private static int partitions(Map<String, TopicDescription> found, String topic) {
        return requireNonNull(found.get(topic)).partitions().size();
    }

    private static TopicSetup setup(TopicNames names, KafkaSettings settings) {
        return new TopicSetup(clients(settings), settings, names);
    }

    private static KafkaClients clients(KafkaSettings settings) {
        return new KafkaClients(settings, "test");
    }

    private static KafkaSettings settings(String bootstrapServers, int partitions) {
        return new KafkaSettings(
                bootstrapServers,
                partitions,
                1,
                Duration.ofDays(7),
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Map.of());
    }
}
