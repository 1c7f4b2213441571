package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.StepEvent;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as records of the topic step-events, for readers outside; a ledger adds them once they have their sequence.
 */
public final class StepEvents {

    private static final JsonMapper JSON = JsonMapper.shared();

    private StepEvents() {}

    public static OutgoingRecord record(RunEvent event) {
        StepEvent message = StepEvent.newBuilder()
                .setSequence(event.sequence())
                .setRunId(event.runId())
                .setStep(event.step())
                .setType(event.type())
                .setData(JSON.writeValueAsString(event.data()))
                .setAtMs(event.at().toEpochMilli())
                .build();
        return new OutgoingRecord(Topic.STEP_EVENTS, false, event.runId(), Map.of(), message.toByteArray());
    }
}
