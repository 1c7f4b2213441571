package dev.cooper.orchestrator.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.RecordRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaClosedGroupsTest {

    private static final String SCORED = "cooper.scored";
    private static final TopicPartition FIRST = new TopicPartition(SCORED, 0);
    private static final TopicPartition SECOND = new TopicPartition(SCORED, 1);

    private final MockConsumer<byte[], byte[]> follower = new MockConsumer<>("none");
    private final MockConsumer<byte[], byte[]> asker = new MockConsumer<>("none");
    private final MockConsumer<byte[], byte[]> fetcher = new MockConsumer<>("none");
    private final MockConsumer<byte[], byte[]> tail = new MockConsumer<>("none");
    private KafkaClosedGroups groups;

    @BeforeEach
    void open() {
        Queue<MockConsumer<byte[], byte[]>> consumers = new ArrayDeque<>(List.of(follower, asker, fetcher, tail));
        TopicNames topics = new TopicNames("cooper");
        groups = new KafkaClosedGroups(topics, new KafkaRecords(topics), consumers::remove);
        asker.updatePartitions(
                SCORED,
                List.of(
                        new PartitionInfo(SCORED, 0, null, null, null),
                        new PartitionInfo(SCORED, 1, null, null, null)));
        for (MockConsumer<byte[], byte[]> consumer : List.of(follower, asker, fetcher, tail)) {
            consumer.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
            consumer.updateEndOffsets(Map.of(FIRST, 10L, SECOND, 20L));
        }
    }

    @AfterEach
    void close() {
        groups.close();
        assertThat(follower.closed()).isTrue();
        assertThat(asker.closed()).isTrue();
        assertThat(fetcher.closed()).isTrue();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, long offset, String value) {
        return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, bytes("k"), bytes(value));
    }

    private static RecordRef reference(TopicPartition partition, long offset, String value) {
        LogRecord record = new LogRecord(Topic.SCORED, 0, 0, "", Map.of(), bytes(value));
        return RecordRef.newBuilder()
                .setTopic(partition.topic())
                .setPartition(partition.partition())
                .setOffset(offset)
                .setSha256(record.sha256())
                .build();
    }

    /** The fetcher's log, once it has assigned its partitions. */
    private void logHolds(List<ConsumerRecord<byte[], byte[]>> records) {
        fetcher.schedulePollTask(() -> records.forEach(fetcher::addRecord));
    }

    @Test
    void endIsTheNextOffsetOfEveryPartition() {
        assertThat(groups.end(Topic.SCORED)).isEqualTo(Map.of(0, 10L, 1, 20L));
    }

    @Test
    void beginIsTheOldestOffsetOfEveryPartition() {
        follower.updateBeginningOffsets(Map.of(FIRST, 6L, SECOND, 0L));

        assertThat(groups.begin(Topic.SCORED)).isEqualTo(Map.of(0, 6L, 1, 0L));
    }

    @Test
    void readingBeginsWhereItWasTold() {
        groups.read(Topic.SCORED, Map.of(0, 4L));

        assertThat(follower.position(FIRST)).isEqualTo(4);
        assertThat(follower.position(SECOND)).isZero();
        follower.addRecord(record(FIRST, 4, "four"));
        List<LogRecord> read = groups.poll(Duration.ZERO);
        assertThat(read).singleElement().satisfies(record -> {
            assertThat(record.place()).isEqualTo("scored/0/4");
            assertThat(record.value()).isEqualTo(bytes("four"));
        });
        assertThat(groups.poll(Duration.ZERO)).isEmpty();
    }

    @Test
    void topicThatIsNotThereYetIsWaitedFor() {
        assertThatThrownBy(() -> groups.end(Topic.VERIFIED))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("cooper.verified");
    }

    @Test
    void manifestIsFetchedInItsOwnOrder() {
        Manifest manifest = Manifest.newBuilder()
                .addRecords(reference(SECOND, 7, "b7"))
                .addRecords(reference(FIRST, 3, "a3"))
                .addRecords(reference(SECOND, 5, "b5"))
                .build();
        logHolds(List.of(
                record(FIRST, 3, "a3"), record(SECOND, 5, "b5"), record(SECOND, 6, "other"), record(SECOND, 7, "b7")));

        assertThat(groups.fetch(manifest))
                .extracting(LogRecord::place)
                .containsExactly("scored/1/7", "scored/0/3", "scored/1/5");
        assertThat(groups.fetch(Manifest.getDefaultInstance())).isEmpty();
    }

    @Test
    void anotherManifestIsFetchedAfterTheFirst() {
        logHolds(List.of(record(FIRST, 3, "a3")));
        groups.fetch(Manifest.newBuilder().addRecords(reference(FIRST, 3, "a3")).build());
        logHolds(List.of(record(FIRST, 4, "a4")));

        assertThat(groups.fetch(Manifest.newBuilder()
                        .addRecords(reference(FIRST, 4, "a4"))
                        .build()))
                .extracting(LogRecord::place)
                .containsExactly("scored/0/4");
    }

    @Test
    void recordWithOtherBytesIsRefused() {
        logHolds(List.of(record(FIRST, 3, "changed")));
        Manifest manifest =
                Manifest.newBuilder().addRecords(reference(FIRST, 3, "a3")).build();

        assertThatThrownBy(() -> groups.fetch(manifest))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("cooper.scored/0/3 has SHA-256");
    }

    @Test
    void recordThatIsGoneIsNamed() {
        logHolds(List.of(record(FIRST, 4, "later")));
        Manifest manifest =
                Manifest.newBuilder().addRecords(reference(FIRST, 3, "a3")).build();

        assertThatThrownBy(() -> groups.fetch(manifest))
                .isInstanceOf(CooperException.class)
                .hasMessageContaining("cooper.scored/0/3 of step 0 is gone");
    }

    @Test
    void lastGivesTheEndsOfPartitionsAndClosesItsReader() {
        tail.schedulePollTask(() -> {
            for (long offset = 0; offset < 10; offset++) {
                tail.addRecord(record(FIRST, offset, "a" + offset));
            }
            for (long offset = 18; offset < 20; offset++) {
                tail.addRecord(record(SECOND, offset, "b" + offset));
            }
        });

        assertThat(groups.last(Topic.SCORED, 2))
                .extracting(LogRecord::offset)
                .containsExactlyInAnyOrder(8L, 9L, 18L, 19L);
        assertThat(tail.closed()).isTrue();
    }

    @Test
    void lastGivesUpOnALogThatDoesNotAnswer() {
        assertThat(groups.last(Topic.SCORED, 2)).isEmpty();
        assertThat(tail.closed()).isTrue();
    }
}
