package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a driver's moves to the ledger. */
final class Journal {

    private final RunLedger ledger;
    private final Clock clock;
    private boolean spoke;

    /** When this driver closed the step before: what it does until the next one is sent is that one's time. */
    private Optional<Instant> closedAt = Optional.empty();

    Journal(RunLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    RunEvent event(Run run, String type, Map<String, Object> data) {
        return RunEvent.of(run, run.step(), type, now(), data);
    }

    /** Something happened, and the run stays where it is. */
    void tell(Run run, List<RunEvent> events, List<OutgoingRecord> records) {
        spoke = true;
        commit(run, events, records);
    }

    /** Whether anything was told since this was asked last. */
    boolean hasSpoken() {
        boolean before = spoke;
        spoke = false;
        return before;
    }

    Tick commit(Run run, List<RunEvent> events, List<OutgoingRecord> records) {
        return commit(new Move(run, Optional.empty(), Optional.empty(), events, records));
    }

    Tick commit(Run run, Step step, List<RunEvent> events, List<OutgoingRecord> records) {
        return commit(new Move(run, Optional.of(step), Optional.empty(), events, records));
    }

    Tick commit(Move move) {
        ledger.commit(move);
        return Tick.MOVED;
    }

    /** The step is closed: the time until the next one is sent belongs to that one. */
    void closed(Instant at) {
        closedAt = Optional.of(at);
    }

    void forgetWhenClosed() {
        closedAt = Optional.empty();
    }

    /** When the step that begins now began. */
    Instant begun() {
        return closedAt.orElseGet(this::now);
    }
}
