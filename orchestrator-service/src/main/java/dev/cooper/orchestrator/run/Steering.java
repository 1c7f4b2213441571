package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Moves of the run itself: it pauses, goes on, ends. */
final class Steering {

    private final RunLedger ledger;
    private final Journal journal;

    Steering(RunLedger ledger, Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
    }

    /** Also a run that pauses itself stays so until its user wishes it to run again. */
    Tick pause(Run run, String why) {
        Run paused = run.in(RunState.PAUSED, why);
        ledger.wish(run.id(), Wish.PAUSE);
        return journal.commit(
                paused, List.of(journal.event(paused, "RunPaused", Map.of("reason", why))), controlOf(paused));
    }

    /**
     * The run pauses with a move of its step. Whoever dies between the wish and the move leaves a run that pauses and,
     * once resumed, makes the same move.
     */
    Tick pause(Run run, Step step, String why, List<RunEvent> before) {
        Run paused = run.in(RunState.PAUSED, why);
        List<RunEvent> events = new ArrayList<>(before);
        events.add(journal.event(paused, "RunPaused", Map.of("reason", why)));
        ledger.wish(run.id(), Wish.PAUSE);
        return journal.commit(paused, step, events, List.of(Announcements.control(paused, step)));
    }

    /** What the step waits for has its time and its attempts anew. */
    Tick resume(Run run, Step step) {
        Run running = run.in(RunState.RUNNING, "");
        journal.forgetWhenClosed();
        Optional<Step> renewed = switch (step.state()) {
            case SAMPLING, PAIRING, EVALUATING ->
                Optional.of(step.redispatched(
                        step.awaited().resumed(journal.now(), step.awaited().fence())));
            case ROLLING_BACK, TRAINING_POLICY, TRAINING_REWARD, COMMITTED, EVALUATED -> Optional.empty();
        };
        return journal.commit(new Move(
                running,
                renewed,
                Optional.empty(),
                List.of(journal.event(running, "RunResumed", Map.of())),
                List.of(Announcements.control(running, renewed.orElse(step)))));
    }

    Tick fail(Run run, String why) {
        return finish(run, RunState.FAILED, why);
    }

    Tick finish(Run run, RunState end, String why) {
        Run ended = run.finished(end, why, journal.now());
        String type = switch (end) {
            case COMPLETED -> "RunCompleted";
            case FAILED -> "RunFailed";
            case CANCELLED -> "RunCancelled";
            case QUEUED, PREPARING, RUNNING, PAUSED -> throw new IllegalArgumentException(end + " is not an end");
        };
        journal.commit(ended, List.of(journal.event(ended, type, Map.of("reason", why))), controlOf(ended));
        return Tick.DONE;
    }

    private List<OutgoingRecord> controlOf(Run run) {
        return ledger.step(run.id(), run.step())
                .map(step -> List.of(Announcements.control(run, step)))
                .orElse(List.of());
    }
}
