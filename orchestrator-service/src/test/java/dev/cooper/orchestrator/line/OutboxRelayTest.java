package dev.cooper.orchestrator.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cooper.orchestrator.run.Move;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.TestRuns;
import dev.cooper.orchestrator.run.TestingRunLedger;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.RecordTooLargeException;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.GroupId;
import dev.cooper.proto.v1.Problem;
import dev.cooper.proto.v1.Purpose;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxRelayTest {

    private final TestingRunLedger ledger = new TestingRunLedger();
    private final List<OutgoingRecord> log = new ArrayList<>();
    private Run run = TestRuns.queued("r1", "/data/train.jsonl");

    @BeforeEach
    void steer() {
        ledger.create(run, new RunEvent(0, "r1", 0, "RunQueued", TestRuns.CREATED, Map.of()));
        ledger.takeOver("r1", "me", TestRuns.CREATED, Duration.ofSeconds(15));
        run = ledger.run("r1").orElseThrow();
        new OutboxRelay(ledger, _ -> {}).flush();
    }

    private void commit(List<OutgoingRecord> records) {
        ledger.commit(new Move(run, Optional.empty(), Optional.empty(), List.of(), records));
    }

    private static OutgoingRecord record(int number) {
        return new OutgoingRecord(Topic.PROMPTS, false, "r1/" + number, Map.of(), new byte[] {(byte) number});
    }

    @Test
    void allRecordsAreSentInTheirOrder() {
        List<OutgoingRecord> records =
                IntStream.range(0, 600).mapToObj(OutboxRelayTest::record).toList();
        commit(records);

        new OutboxRelay(ledger, log::add).flush();

        assertThat(log).isEqualTo(records);
        assertThat(ledger.outbox(10)).isEmpty();
    }

    @Test
    void recordsStayUntilTheLogHasAllOfThemAndAreThenSentAgainInTheirOrder() {
        commit(List.of(record(1), record(2), record(3)));
        RecordSink broken = record -> {
            if (record.key().equals("r1/2")) {
                throw new CooperException(FailureReason.TIMEOUT, "no broker");
            }
            log.add(record);
        };

        assertThatThrownBy(() -> new OutboxRelay(ledger, broken).flush()).hasMessage("no broker");
        assertThat(ledger.outbox(10)).hasSize(3);

        log.clear();
        new OutboxRelay(ledger, log::add).flush();
        assertThat(log).containsExactly(record(1), record(2), record(3));
        assertThat(ledger.outbox(10)).isEmpty();
    }

    @Test
    void promptThatNeverFitsClosesItsGroup() throws Exception {
        GroupId group = GroupId.newBuilder()
                .setRunId("r1")
                .setStep(1)
                .setSlot(4)
                .setAttempt(1)
                .setFence(1)
                .setPurpose(Purpose.TRAINING)
                .build();
        SampleRequest request = SampleRequest.newBuilder()
                .setGroup(group)
                .setProblem(Problem.newBuilder().setPrompt("long"))
                .build();
        GroupHeaders headers = GroupHeaders.of(group);
        commit(List.of(
                new OutgoingRecord(Topic.PROMPTS, false, headers.key(), headers.toMap(), request.toByteArray()),
                record(5)));
        RecordSink small = record -> {
            if (record.topic() == Topic.PROMPTS && record.value().length > 1) {
                throw new RecordTooLargeException("too large", null);
            }
            log.add(record);
        };

        new OutboxRelay(ledger, small).flush();

        assertThat(log).hasSize(2);
        assertThat(log.getFirst().topic()).isEqualTo(Topic.ROLLOUTS);
        assertThat(GroupHeaders.parse(log.getFirst().headers()).failure()).isEqualTo(FailureReason.BAD_INPUT);
        RolloutGroup refused = RolloutGroup.parseFrom(log.getFirst().value());
        assertThat(refused.getRequest().getGroup()).isEqualTo(group);
        assertThat(refused.getFailure().getDetail()).isEqualTo("too large");
        assertThat(ledger.outbox(10)).isEmpty();
    }
}
