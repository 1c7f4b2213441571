package dev.cooper.platform.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.health.Workers;
import dev.cooper.platform.kafka.ControlReader;
import dev.cooper.platform.kafka.KafkaClients;
import dev.cooper.platform.kafka.KafkaRecords;
import dev.cooper.platform.kafka.KafkaSettings;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Refusals;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.tracing.Tracing;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.messaging.Message;
import org.springframework.util.unit.DataSize;

class WorkQueueTest {

    private final TopicNames names = new TopicNames("queue-test");
    private final ControlBoard board = new ControlBoard();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<OutgoingRecord> sent = new ArrayList<>();
    private final List<Long> acknowledged = new ArrayList<>();
    private final List<String> bounds = new ArrayList<>();
    private boolean logIsAway;
    private final WorkQueue<SampleRequest, RolloutGroup> queue = queue(2);

    @BeforeEach
    void announce() {
        board.update(TestingGroups.control(1).build());
    }

    @Test
    void itIsFullUntilEnoughIsFinished() {
        deliver(0, TestingGroups.group(0, 1));
        assertThat(bounds).isEmpty();
        deliver(1, TestingGroups.group(1, 1));
        assertThat(bounds).containsExactly("full");

        WorkItem<SampleRequest, RolloutGroup> first = queue.poll().orElseThrow();
        assertThat(queue.size()).isEqualTo(1);
        assertThat(bounds).containsExactly("full");
        first.finish(answer(first));
        assertThat(bounds).containsExactly("full", "free");
        assertThat(acknowledged).containsExactly(0L);
        assertThat(registry.get("cooper.stage.duration")
                        .tag("stage", "sampling")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatTheLogDoesNotTakeStaysUnfinished() {
        deliver(0, TestingGroups.group(0, 1));
        WorkItem<SampleRequest, RolloutGroup> item = queue.poll().orElseThrow();

        logIsAway = true;
        assertThatThrownBy(() -> item.finish(answer(item))).isInstanceOf(CooperException.class);
        assertThat(acknowledged).isEmpty();

        logIsAway = false;
        item.finish(answer(item));
        assertThat(acknowledged).containsExactly(0L);
        assertThat(sent).hasSize(1);
    }

    @Test
    void poisonThatCannotBePutAsideIsTriedAgain() {
        deliver(0, Map.of(), new byte[0]);

        logIsAway = true;
        assertThatThrownBy(queue::poll).isInstanceOf(CooperException.class);
        assertThat(queue.size()).isEqualTo(1);

        logIsAway = false;
        assertThat(queue.poll()).isEmpty();
        assertThat(sent)
                .singleElement()
                .satisfies(letter -> assertThat(letter.deadLetter()).isTrue());
        assertThat(acknowledged).containsExactly(0L);
    }

    @Test
    void aGroupAheadOfControlDoesNotHoldUpTheOthers() {
        deliver(0, TestingGroups.group(0, 2));
        deliver(1, TestingGroups.group(1, 1));

        WorkItem<SampleRequest, RolloutGroup> current = queue.poll().orElseThrow();
        assertThat(current.headers().slot()).isEqualTo(1);
        current.drop();
        assertThat(acknowledged).isEmpty();
        assertThat(queue.poll()).isEmpty();

        board.update(TestingGroups.control(2).build());
        WorkItem<SampleRequest, RolloutGroup> late = queue.poll().orElseThrow();
        assertThat(late.headers().slot()).isZero();
        late.finish(answer(late));
        assertThat(acknowledged).containsExactly(1L);
    }

    @Test
    void whatGoesToAnotherInstanceIsNeitherBegunNorFinishedHere() {
        deliver(0, TestingGroups.group(0, 1));
        deliver(1, TestingGroups.group(1, 1));
        WorkItem<SampleRequest, RolloutGroup> begun = queue.poll().orElseThrow();

        queue.lose(0);

        assertThat(begun.isCurrent()).isFalse();
        begun.drop();
        assertThat(queue.poll()).isEmpty();
        assertThat(acknowledged).isEmpty();
        assertThat(bounds).endsWith("free");
        assertThat(registry.get("cooper.groups")
                        .tag("reason", "moved")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void aFailureIsCountedAsOne() {
        deliver(0, TestingGroups.group(0, 1));
        WorkItem<SampleRequest, RolloutGroup> item = queue.poll().orElseThrow();

        item.finish(RolloutGroup.newBuilder()
                .setRequest(item.message())
                .setFailure(Failure.newBuilder().setReason(FailureReason.TIMEOUT))
                .build());

        assertThat(sent.getFirst().headers()).containsEntry("cooper-failure", "TIMEOUT");
        assertThat(registry.get("cooper.groups")
                        .tag("stage", "sampling")
                        .tag("outcome", "failed")
                        .tag("reason", "timeout")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void anAnswerForAnotherGroupIsRefused() {
        deliver(0, TestingGroups.group(0, 1));
        WorkItem<SampleRequest, RolloutGroup> item = queue.poll().orElseThrow();

        assertThatThrownBy(() -> item.finish(TestingGroups.rollouts(TestingGroups.group(5, 1), "42")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another group");
        assertThat(sent).isEmpty();
    }

    @Test
    void waitingForWorkIsBounded() throws Exception {
        assertThat(queue.poll(Duration.ofMillis(5))).isEmpty();
    }

    private void deliver(long offset, GroupId group) {
        OutgoingRecord record = GroupMessage.REQUEST.record(
                SampleRequest.newBuilder().setGroup(group).build());
        deliver(offset, record.headers(), record.value());
    }

    private void deliver(long offset, Map<String, String> headers, byte[] value) {
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("queue-test.prompts", 0, offset, new byte[0], value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        Acknowledgment acknowledgment = () -> acknowledged.add(offset);
        queue.accept(message(record, acknowledgment));
    }

    @SuppressWarnings("unchecked")
    private Message<byte[]> message(ConsumerRecord<byte[], byte[]> record, Acknowledgment acknowledgment) {
        return (Message<byte[]>)
                new LogRecordConverter(new KafkaRecords(names)).toMessage(record, acknowledgment, null, null);
    }

    private static RolloutGroup answer(WorkItem<SampleRequest, RolloutGroup> item) {
        return TestingGroups.rollouts(item.message().getGroup(), "42");
    }

    private WorkQueue<SampleRequest, RolloutGroup> queue(int capacity) {
        StageSender sender = new StageSender(record -> {
            if (logIsAway) {
                throw new CooperException(FailureReason.TIMEOUT, "the log is away");
            }
            sent.add(record);
        });
        return new WorkQueue<>(
                new GroupReader<>(GroupMessage.REQUEST, _ -> true, board),
                new Refusals<>("sampling", GroupMessage.ROLLOUTS),
                new WorkQueue.Surroundings(
                        board,
                        neverStarted(),
                        sender,
                        new Telling(
                                new LineMetrics(registry),
                                Tracing.OFF,
                                new Workers(Duration.ofMinutes(10), Clock.systemUTC()))),
                new WorkQueue.Bound(capacity, () -> bounds.add("full"), () -> bounds.add("free")));
    }

    /** Its barriers never complete, so nothing is ever found to be unannounced. */
    private ControlReader neverStarted() {
        KafkaSettings settings = new KafkaSettings(
                "127.0.0.1:1",
                1,
                1,
                Duration.ofDays(1),
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Map.of());
        return new ControlReader(new KafkaClients(settings, "test"), new KafkaRecords(names), board, _ -> {});
    }
}
