package dev.cooper.orchestrator.run;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * When a run counts as stalled, and who is told.
 *
 * @param after how long nothing has moved by then
 * @param listener told the run's id and its stall; and the id with nothing when the run goes on or is let go of
 */
public record StallAlarm(Duration after, BiConsumer<String, Optional<Stall>> listener) {

    /** Tells nobody. */
    public static StallAlarm silent(Duration after) {
        return new StallAlarm(after, (_, _) -> {});
    }
}
