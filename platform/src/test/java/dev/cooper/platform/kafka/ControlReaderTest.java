package dev.cooper.platform.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.testing.TestingBroker;
import dev.cooper.platform.testing.TestingGroups;
import dev.cooper.platform.testing.TestingLog;
import dev.cooper.proto.v1.RunControl;
import dev.cooper.proto.v1.RunState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ControlReaderTest {

    private final String bootstrapServers = TestingBroker.shared().bootstrapServers();
    private final ControlBoard board = new ControlBoard();
    private final AtomicInteger unreadable = new AtomicInteger();

    @Test
    void allThatWasWrittenIsKnownAtTheStartAndTheRestIsFollowed() {
        TopicNames names = new TopicNames("control-test");
        KafkaSettings settings = settings(bootstrapServers, Duration.ofSeconds(20));
        KafkaClients clients = new KafkaClients(settings, "test");
        new TopicSetup(clients, settings, names).ensure();
        RunControl paused = TestingGroups.control(2).setState(RunState.PAUSED).build();
        RunControl second = TestingGroups.control(1).setRunId("run-2").build();
        OutgoingRecord poison = new OutgoingRecord(Topic.CONTROL, false, "run-3", Map.of(), new byte[] {-1});

        try (TestingLog log = new TestingLog(bootstrapServers, "control-test");
                ControlReader reader =
                        new ControlReader(clients, new KafkaRecords(names), board, _ -> unreadable.incrementAndGet())) {
            log.post(TestingGroups.control(1).build());
            log.send(poison);
            log.send(new OutgoingRecord(Topic.CONTROL, false, "run-3", Map.of(), new byte[0]));
            log.send(new OutgoingRecord(Topic.CONTROL, false, "run-3", Map.of(), second.toByteArray()));
            log.post(second);
            log.post(paused);
            reader.start();
            assertThat(board.all()).containsExactlyInAnyOrder(paused, second);
            assertThat(unreadable).hasValue(3);
            assertThat(reader.isCurrent()).isTrue();

            log.post(TestingGroups.control(3).build());
            log.send(new OutgoingRecord(Topic.CONTROL, false, "run-2", Map.of(), new byte[0]), null);
            reader.catchUp(Duration.ofSeconds(20));
            assertThat(board.all()).containsExactly(TestingGroups.control(3).build());
        }
    }

    @Test
    void aTopicThatCannotBeReadIsNamed() {
        KafkaClients clients = new KafkaClients(settings("127.0.0.1:1", Duration.ofSeconds(1)), "test");
        try (ControlReader reader = new ControlReader(
                clients, new KafkaRecords(new TopicNames("nowhere")), board, _ -> unreadable.incrementAndGet())) {
            assertThatThrownBy(reader::start)
                    .isInstanceOf(CooperException.class)
                    .hasMessageContaining("nowhere.control")
                    .hasMessageContaining("127.0.0.1:1");
            assertThat(reader.isCurrent()).isFalse();
        }
    }

    private static KafkaSettings settings(String bootstrapServers, Duration startupTimeout) {
        return new KafkaSettings(
                bootstrapServers,
                1,
                1,
                Duration.ofDays(7),
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(10),
                startupTimeout,
                Map.of());
    }
}
