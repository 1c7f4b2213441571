package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.proto.v1.Mode;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A run's row.
 *
 * @param rewardModel who scores; there in modes static and cooper, and only there
 */
public record Run(
        String id,
        RunSpec spec,
        RunStatus status,
        RunModel policyModel,
        Optional<RunModel> rewardModel,
        RunTimes times) {

    /** A run as it is when it is created. */
    public static Run queued(String id, RunSpec spec, Instant now) {
        return new Run(
                id,
                spec,
                new RunStatus(RunState.QUEUED, Wish.RUN, "", 0, 0),
                RunModel.UNKNOWN,
                spec.mode() == Mode.RULE ? Optional.empty() : Optional.of(RunModel.UNKNOWN),
                new RunTimes(now, Optional.empty(), Optional.empty()));
    }

    public RunState state() {
        return status.state();
    }

    public Wish wish() {
        return status.wish();
    }

    /** Why the run is paused or failed, for people; empty otherwise. */
    public String reason() {
        return status.reason();
    }

    public long fence() {
        return status.fence();
    }

    /** The step that is open or was closed last. */
    public long step() {
        return status.step();
    }

    /** Asked for by the run's user, and not yet followed. */
    public Optional<Rollback> rollback() {
        return status.rollback();
    }

    /** Of the initial policy; empty before the run is prepared. */
    public String initialChecksum() {
        return policyModel.initialChecksum();
    }

    /** The policy's version after the last committed update. */
    public ModelRef policy() {
        return policyModel.version();
    }

    /** The reward model's version after its last committed update; empty in mode rule. */
    public Optional<ModelRef> reward() {
        return rewardModel.map(RunModel::version);
    }

    /** Of the initial reward model; empty in mode rule and before the run is prepared. */
    public String rewardInitialChecksum() {
        return rewardModel.map(RunModel::initialChecksum).orElse("");
    }

    public Instant createdAt() {
        return times.createdAt();
    }

    public Optional<Instant> startedAt() {
        return times.startedAt();
    }

    public Optional<Instant> finishedAt() {
        return times.finishedAt();
    }

    RunModel model(ModelKind kind) {
        return kind == ModelKind.REWARD ? rewardModel.orElseThrow() : policyModel;
    }

    Run in(RunState next, String why) {
        return with(status.in(next, why));
    }

    Run at(long step) {
        return with(status.at(step));
    }

    /** The same run with another status. */
    public Run with(RunStatus next) {
        return new Run(id, spec, next, policyModel, rewardModel, times);
    }

    Run prepared(ModelRef policy, Optional<ModelRef> reward, Instant now) {
        return new Run(
                id,
                spec,
                status.in(RunState.RUNNING, "").at(0),
                RunModel.initial(policy),
                reward.map(RunModel::initial),
                new RunTimes(times.createdAt(), Optional.of(now), times.finishedAt()));
    }

    /** The same run after an update of one of its models. */
    Run with(ModelKind kind, ModelRef version) {
        return kind == ModelKind.REWARD
                ? new Run(id, spec, status, policyModel, rewardModel.map(model -> model.at(version)), times)
                : new Run(id, spec, status, policyModel.at(version), rewardModel, times);
    }

    Run finished(RunState end, String why, Instant now) {
        RunTimes ended = new RunTimes(times.createdAt(), times.startedAt(), Optional.of(now));
        return new Run(id, spec, status.in(end, why), policyModel, rewardModel, ended);
    }
}
