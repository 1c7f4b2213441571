package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.ModelRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A run's row.
 *
 * @param fence who steers the run: raised whenever an orchestrator takes it over; a write under a lower one is refused
 * @param step the step that is open or was closed last
 * @param reason why the run is paused or failed, for people; empty otherwise
 * @param initialChecksum of the initial policy, frozen while preparing; empty before
 * @param policy the policy's version after the last committed step; the default instance before the run is prepared
 */
public record Run(
        String id,
        RunSpec spec,
        RunState state,
        Wish wish,
        String reason,
        long fence,
        long step,
        String initialChecksum,
        ModelRef policy,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt) {

    /** A run as it is when it is created. */
    public static Run queued(String id, RunSpec spec, Instant now) {
        return new Run(
                id,
                spec,
                RunState.QUEUED,
                Wish.RUN,
                "",
                0,
                0,
                "",
                ModelRef.getDefaultInstance(),
                now,
                Optional.empty(),
                Optional.empty());
    }

    Run in(RunState next, String why) {
        return new Run(
                id, spec, next, wish, why, fence, step, initialChecksum, policy, createdAt, startedAt, finishedAt);
    }

    Run prepared(ModelRef initial, Instant now) {
        return new Run(
                id,
                spec,
                RunState.RUNNING,
                wish,
                "",
                fence,
                0,
                initial.getChecksum(),
                initial,
                createdAt,
                Optional.of(now),
                finishedAt);
    }

    Run at(long nextStep) {
        return new Run(
                id,
                spec,
                state,
                wish,
                reason,
                fence,
                nextStep,
                initialChecksum,
                policy,
                createdAt,
                startedAt,
                finishedAt);
    }

    Run with(ModelRef nextPolicy) {
        return new Run(
                id,
                spec,
                state,
                wish,
                reason,
                fence,
                step,
                initialChecksum,
                nextPolicy,
                createdAt,
                startedAt,
                finishedAt);
    }

    Run finished(RunState end, String why, Instant now) {
        return new Run(
                id, spec, end, wish, why, fence, step, initialChecksum, policy, createdAt, startedAt, Optional.of(now));
    }
}
