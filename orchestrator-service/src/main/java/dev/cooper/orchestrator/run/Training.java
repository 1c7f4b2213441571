package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The policy's trainer, and after it the reward model's, make the step's updates. */
final class Training {

    private final DriverPorts ports;
    private final Journal journal;
    private final Watchdog watchdog;
    private final Replay replay;

    Training(DriverPorts ports, Journal journal, Watchdog watchdog) {
        this.ports = ports;
        this.journal = journal;
        this.watchdog = watchdog;
        this.replay = new Replay(ports, journal, watchdog);
    }

    Tick trainPolicy(Run run, Step step) {
        watchdog.show(RunProgress.of(run, step.state().name(), Services.POLICY_TRAINER));
        return replay.ifBehind(run, step, ModelKind.POLICY).orElseGet(() -> updatePolicy(run, step));
    }

    private Tick updatePolicy(Run run, Step step) {
        TrainResult result = train(run, step, ModelKind.POLICY);
        ModelRef version = result.getVersion();
        String batch = result.getBatchSha256();
        Instant now = journal.now();
        Map<String, Double> measured = StepTimes.ofPolicy(result);
        Step updated = step.trainsReward()
                ? step.pairing(version, batch, measured, now)
                : step.policyCommitted(version, batch, StepTimes.with(step, measured, now), now);
        return commit(run, updated, ModelKind.POLICY, result, now);
    }

    Tick trainReward(Run run, Step step) {
        watchdog.show(RunProgress.of(run, step.state().name(), Services.REWARD_TRAINER));
        return replay.ifBehind(run, step, ModelKind.REWARD).orElseGet(() -> updateReward(run, step));
    }

    private Tick updateReward(Run run, Step step) {
        TrainResult result = train(run, step, ModelKind.REWARD);
        Instant now = journal.now();
        Map<String, Double> measured = StepTimes.with(step, StepTimes.ofReward(result), now);
        Step updated = step.rewardCommitted(result.getVersion(), result.getBatchSha256(), measured, now);
        return commit(run, updated, ModelKind.REWARD, result, now);
    }

    private TrainResult train(Run run, Step step, ModelKind kind) {
        return ports.trainer(kind).train(TrainerCalls.train(run, step, kind, ""));
    }

    /** The version and the step's next state, in one move with their announcement. */
    private Tick commit(Run run, Step updated, ModelKind kind, TrainResult result, Instant now) {
        Run moved = run.with(kind, result.getVersion());
        List<RunEvent> events = new ArrayList<>();
        events.add(journal.event(
                moved,
                kind == ModelKind.REWARD ? "RewardUpdated" : "PolicyUpdated",
                Map.of(
                        "updated",
                        result.getUpdated(),
                        "version",
                        result.getVersion().getNumber(),
                        "checksum",
                        result.getVersion().getChecksum())));
        if (updated.state() == StepState.COMMITTED) {
            journal.closed(now);
            events.add(journal.event(moved, "StepCommitted", Map.of("metrics", updated.metrics())));
        }
        List<OutgoingRecord> records = new ArrayList<>();
        records.add(Announcements.control(moved, updated));
        if (result.getUpdated()) {
            records.add(Announcements.version(moved, kind, result, updated.update(kind)));
        }
        return journal.commit(moved, updated, events, records);
    }
}
