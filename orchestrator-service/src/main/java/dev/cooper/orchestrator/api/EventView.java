package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.RunEvent;
import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** An event, as the event stream shows it. */
@JsonNaming(SnakeCaseStrategy.class)
public record EventView(long sequence, String runId, long step, String type, Instant at, Map<String, Object> data) {
    static EventView of(RunEvent event) {
        return new EventView(event.sequence(), event.runId(), event.step(), event.type(), event.at(), event.data());
    }
}
