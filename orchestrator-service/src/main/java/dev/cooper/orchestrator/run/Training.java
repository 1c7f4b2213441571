package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The policy's trainer, and after it the reward model's, make the step's updates. */
final class Training {

    private final DriverPorts ports;
    private final Journal journal;
    private final Watchdog watchdog;
    private final Attaching attaching;
    private final Sampling sampling;
    private final Replay replay;

    Training(
            DriverPorts ports,
            Journal journal,
            Watchdog watchdog,
            Attaching attaching,
            Sampling sampling,
            Replay replay) {
        this.ports = ports;
        this.attaching = attaching;
        this.journal = journal;
        this.watchdog = watchdog;
        this.sampling = sampling;
        this.replay = replay;
    }

    Tick trainPolicy(Run run, Step step) {
        watchdog.show(RunProgress.of(run, step.state().name(), Services.POLICY_TRAINER));
        ModelRef held = held(run, ModelKind.POLICY);
        return onTheWay(run, step, ModelKind.POLICY, held)
                .orElseGet(() -> isOther(held, step.before()) ? sampleAnew(run, step, held) : updatePolicy(run, step));
    }

    /** A move towards the version that the step's update starts from; empty when the trainer is there. */
    private Optional<Tick> onTheWay(Run run, Step step, ModelKind kind, ModelRef held) {
        long base = step.update(kind).before().getNumber();
        return replay.lostAnswer(run, kind, held)
                .or(() -> held.getNumber() < base
                        ? Optional.of(replay.towards(run, kind, held, base))
                        : Optional.empty());
    }

    /** With recovery CONTINUE: the version has come out with other bytes than the step knows. */
    private static boolean isOther(ModelRef held, ModelRef base) {
        return held.getNumber() == base.getNumber() && !held.equals(base);
    }

    private ModelRef held(Run run, ModelKind kind) {
        return attaching.attach(run, TrainerCalls.attach(run, kind));
    }

    private Tick sampleAnew(Run run, Step step, ModelRef held) {
        return sampling.startAnew(
                run.with(ModelKind.POLICY, held),
                step.with(ModelKind.POLICY, step.policy().startingFrom(held)),
                "version " + held.getNumber() + " came out with other bytes when it was trained again");
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
        ModelRef held = held(run, ModelKind.REWARD);
        ModelRef base = step.update(ModelKind.REWARD).before();
        return onTheWay(run, step, ModelKind.REWARD, held)
                .orElseGet(() -> isOther(held, base) ? goOnFrom(run, step, held) : updateReward(run, step));
    }

    /** The pairs are texts: they are as good for these bytes as for those that were lost. */
    private Tick goOnFrom(Run run, Step step, ModelRef held) {
        Run moved = run.with(ModelKind.REWARD, held);
        Step rebased = step.with(ModelKind.REWARD, step.update(ModelKind.REWARD).startingFrom(held));
        return journal.commit(moved, rebased, List.of(), List.of(Announcements.control(moved, rebased)));
    }

    private Tick updateReward(Run run, Step step) {
        TrainResult result = train(run, step, ModelKind.REWARD);
        Instant now = journal.now();
        Map<String, Double> measured = StepTimes.with(step, StepTimes.ofReward(result), now);
        Step updated = step.rewardCommitted(result.getVersion(), result.getBatchSha256(), measured, now);
        return commit(run, updated, ModelKind.REWARD, result, now);
    }

    private TrainResult train(Run run, Step step, ModelKind kind) {
        return ports.trainer(kind).train(TrainerCalls.train(run, step, kind));
    }

    private RunEvent made(Run run, ModelKind kind, TrainResult result) {
        return journal.event(
                run,
                kind == ModelKind.REWARD ? "RewardUpdated" : "PolicyUpdated",
                Map.of(
                        "updated",
                        result.getUpdated(),
                        "version",
                        result.getVersion().getNumber(),
                        "checksum",
                        result.getVersion().getChecksum()));
    }

    /** The trainer has undone what it learned; the version is the one before. */
    private RunEvent rejected(Run run, TrainResult result) {
        Map<String, Object> data = new TreeMap<>();
        data.put("version", result.getVersion().getNumber());
        data.put("checksum", result.getVersion().getChecksum());
        result.getMetricsMap().forEach((name, value) -> {
            if (name.startsWith("probe_")) {
                data.put(name, value);
            }
        });
        return journal.event(run, "RewardRejected", data);
    }

    /** The version and the step's next state, in one move with their announcement. */
    private Tick commit(Run run, Step updated, ModelKind kind, TrainResult result, Instant now) {
        Run moved = run.with(kind, result.getVersion());
        List<RunEvent> events = new ArrayList<>();
        events.add(result.getRejected() ? rejected(moved, result) : made(moved, kind, result));
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
