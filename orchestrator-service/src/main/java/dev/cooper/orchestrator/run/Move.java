package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import java.util.List;
import java.util.Optional;

/**
 * One transaction of a run: the new rows, what happened, and what must be said on the log because of it. All of it is
 * written or none; the records leave through the outbox afterwards, in this order.
 *
 * @param followed the rollback that this move follows: it is no longer asked for
 */
public record Move(
        Run run,
        Optional<Step> step,
        Optional<Evaluation> evaluation,
        List<RunEvent> events,
        List<OutgoingRecord> records,
        Optional<Rollback> followed) {
    public Move {
        events = List.copyOf(events);
        records = List.copyOf(records);
    }

    /** A move that follows no rollback. */
    public Move(
            Run run,
            Optional<Step> step,
            Optional<Evaluation> evaluation,
            List<RunEvent> events,
            List<OutgoingRecord> records) {
        this(run, step, evaluation, events, records, Optional.empty());
    }
}
