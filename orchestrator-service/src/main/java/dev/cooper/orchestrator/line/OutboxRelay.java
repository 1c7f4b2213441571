package dev.cooper.orchestrator.line;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunLedger.Pending;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.RecordTooLargeException;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the outbox to the log, in its order. A record leaves the outbox after the log has it, so a crash in between
 * sends it twice; readers are used to that. For one thread.
 */
public final class OutboxRelay {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH = 256;

    private final RunLedger ledger;
    private final RecordSink sink;

    public OutboxRelay(RunLedger ledger, RecordSink sink) {
        this.ledger = ledger;
        this.sink = sink;
    }

    /**
     * Sends all that waits.
     *
     * @throws dev.cooper.platform.failure.CooperException when the log does not take a record; what was read with it
     *     stays, and is sent again
     */
    public void flush() {
        List<Pending> pending = ledger.outbox(BATCH);
        while (!pending.isEmpty()) {
            send(pending.stream().map(Pending::record).toList());
            ledger.sent(pending.stream().map(Pending::id).toList());
            pending = pending.size() < BATCH ? List.of() : ledger.outbox(BATCH);
        }
    }

    private void send(List<OutgoingRecord> records) {
        try {
            sink.sendAll(records);
        } catch (RecordTooLargeException e) {
            // One of them never fits: each by itself, to find it.
            records.forEach(this::send);
        }
    }

    /** A record that never fits must not hold up those behind it; a prompt that does not fit closes its group. */
    private void send(OutgoingRecord record) {
        try {
            sink.send(record);
        } catch (RecordTooLargeException e) {
            LOG.error("{} of {} is too large for the log: {}", record.topic(), record.key(), e.getMessage());
            if (record.topic() == Topic.PROMPTS) {
                sink.send(refused(record, e.toFailure("dispatching")));
            }
        }
    }

    private static OutgoingRecord refused(OutgoingRecord prompt, Failure failure) {
        try {
            SampleRequest request = SampleRequest.parseFrom(prompt.value());
            SampleRequest small = request.toBuilder().clearProblem().build();
            RolloutGroup group = RolloutGroup.newBuilder()
                    .setRequest(small)
                    .setFailure(failure)
                    .build();
            GroupHeaders headers = GroupHeaders.of(request.getGroup(), failure);
            return new OutgoingRecord(Topic.ROLLOUTS, false, headers.key(), headers.toMap(), group.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the outbox holds a prompt that is no SampleRequest", e);
        }
    }
}
