package dev.cooper.orchestrator.run;

/**
 * Where a run stands.
 *
 * @param reason why the run is paused or failed, for people; empty otherwise
 * @param fence who steers the run: raised whenever an orchestrator takes it over; a write under a lower one is refused
 * @param step the step that is open or was closed last
 */
public record RunStatus(RunState state, Wish wish, String reason, long fence, long step) {

    RunStatus in(RunState next, String why) {
        return new RunStatus(next, wish, why, fence, step);
    }

    RunStatus wishing(Wish next) {
        return new RunStatus(state, next, reason, fence, step);
    }

    RunStatus under(long nextFence) {
        return new RunStatus(state, wish, reason, nextFence, step);
    }

    RunStatus at(long nextStep) {
        return new RunStatus(state, wish, reason, fence, nextStep);
    }
}
