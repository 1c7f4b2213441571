package dev.cooper.orchestrator.run;

import java.util.Optional;

/**
 * Where a run stands.
 *
 * @param reason why the run is paused or failed, for people; empty otherwise
 * @param fence who steers the run: raised whenever an orchestrator takes it over; a write under a lower one is refused
 * @param step the step that is open or was closed last
 * @param rollback asked for and not yet followed
 */
public record RunStatus(RunState state, Wish wish, String reason, long fence, long step, Optional<Rollback> rollback) {

    /** Of a run of which no rollback is asked. */
    public RunStatus(RunState state, Wish wish, String reason, long fence, long step) {
        this(state, wish, reason, fence, step, Optional.empty());
    }

    RunStatus in(RunState next, String why) {
        return new RunStatus(next, wish, why, fence, step, rollback);
    }

    RunStatus wishing(Wish next) {
        return new RunStatus(state, next, reason, fence, step, rollback);
    }

    RunStatus under(long nextFence) {
        return new RunStatus(state, wish, reason, nextFence, step, rollback);
    }

    RunStatus at(long nextStep) {
        return new RunStatus(state, wish, reason, fence, nextStep, rollback);
    }

    RunStatus asking(Optional<Rollback> next) {
        return new RunStatus(state, wish, reason, fence, step, next);
    }
}
