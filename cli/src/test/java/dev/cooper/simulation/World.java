package dev.cooper.simulation;

import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.modelruntime.trainer.CheckpointStore;
import dev.cooper.modelruntime.trainer.TrainerHost;
import dev.cooper.modelruntime.trainer.TrainerPorts;
import dev.cooper.orchestrator.run.DriverPorts;
import dev.cooper.orchestrator.run.HeldOutSet;
import dev.cooper.orchestrator.run.Prompts;
import dev.cooper.orchestrator.run.Rollback;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunDriver;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.run.StaleFenceException;
import dev.cooper.orchestrator.run.StallAlarm;
import dev.cooper.orchestrator.run.StartCheck;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.run.StepState;
import dev.cooper.orchestrator.run.TestingRunLedger;
import dev.cooper.orchestrator.run.Wish;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One installation with one run, in memory but for the trainer's folders. Every call of {@link #event()} lets one thing
 * happen; which one is drawn from the seed.
 */
final class World {
    static final String RUN = "simulated";
    static final int GROUPS = 6;
    static final int HELD_OUT = 4;

    private final Chance chance;
    private final Path storage;
    private final SimulatedClock clock = new SimulatedClock();
    private final TopicNames names = new TopicNames("sim");
    private final MemoryLog log = new MemoryLog();
    private final RunLedger ledger = new TestingRunLedger();
    private final List<StageProcess> stages = new ArrayList<>();
    private final List<RunDriver> zombies = new ArrayList<>();
    private final Invariants invariants;
    private final DyingTrainer policyTrainer;
    private final DyingTrainer rewardTrainer;
    private final Map<String, Rollback> rollbacks = new HashMap<>();
    private @Nullable RunDriver driver;
    private int events;
    private int zombiesRefused;

    World(long seed, double crashes, Path storage, RunSpec spec) {
        this.chance = new Chance(seed, crashes);
        this.storage = storage;
        this.policyTrainer = new DyingTrainer(() -> host(ModelKind.POLICY), chance);
        this.rewardTrainer = new DyingTrainer(() -> host(ModelKind.REWARD), chance);
        this.invariants = new Invariants(ledger, log, names);
        WeightStore weights = weights();
        for (int i = 0; i < 2; i++) {
            stages.add(new StageProcess(
                    "sampler " + i, Topic.PROMPTS, 3, board -> Stages.sampler(board, weights, chance), log, chance));
        }
        stages.add(new StageProcess("verifier", Topic.ROLLOUTS, 1, board -> Stages.verifier(board), log, chance));
        stages.add(new StageProcess(
                "scorer", Topic.VERIFIED, 3, board -> Stages.scorer(board, weights, chance), log, chance));
        stages.add(new StageProcess(
                "assistant", Topic.SCORED, 3, board -> Stages.assistant(board, names, chance), log, chance));
        if (spec.recovery() == RunSpec.Recovery.CONTINUE) {
            chance.beInexact();
        }
        Run run = Run.queued(RUN, spec, clock.instant());
        ledger.create(run, new RunEvent(0, RUN, 0, "RunCreated", clock.instant(), Map.of()));
    }

    private WeightStore weights() {
        return new WeightStore(storage, ToyModel::read);
    }

    private TrainerHost host(ModelKind kind) {
        TrainerPorts ports = new TrainerPorts(
                ToyModel.factory(kind, chance),
                manifest -> MemoryClosedGroups.fetch(log, names, manifest),
                weights(),
                new CheckpointStore(storage),
                clock);
        return new TrainerHost(kind, "toy", ports, Runnable::run);
    }

    /** The user asks for this as soon as the step has come to the state. */
    World rollsBack(long step, StepState state, Rollback rollback) {
        rollbacks.put(step + " " + state, rollback);
        return this;
    }

    private void askForRollbacks() {
        Run run = run();
        ledger.step(RUN, run.step())
                .map(step -> rollbacks.remove(step.number() + " " + step.state()))
                .ifPresent(rollback -> ledger.rollBack(RUN, rollback));
    }

    /** Lets the world run to its end: chaos first, then calm, so that it must arrive. */
    Run runToTheEnd(int chaoticEvents, int eventsAllowed) {
        for (int i = 0; i < eventsAllowed; i++) {
            if (i == chaoticEvents) {
                chance.calmDown();
            }
            event();
            askForRollbacks();
            events++;
            invariants.check();
            if (run().state().isFinal()) {
                invariants.theWayToEveryVersionIsUnbroken();
                return run();
            }
        }
        throw new AssertionError(
                "the run has not ended after " + eventsAllowed + " events: " + run() + " " + steps().getLast());
    }

    private void event() {
        clock.advance(Duration.ofMillis(10));
        int draw = chance.below(100);
        if (draw < 60) {
            chance.pick(stages).step();
        } else if (draw < 85) {
            tick();
        } else if (draw < 97) {
            relay();
        } else if (chance.isChaotic()) {
            trouble();
        }
    }

    private void tick() {
        if (driver == null) {
            clock.advance(Duration.ofSeconds(30));
            long fence = ledger.takeOver(RUN, "driver " + clock.instant(), clock.instant(), Duration.ofSeconds(10))
                    .orElseThrow();
            driver = newDriver(fence);
        }
        if (run().state() == RunState.PAUSED && chance.oneIn(5)) {
            ledger.wish(RUN, Wish.RUN);
        }
        try {
            driver.tick();
        } catch (Crash crash) {
            zombies.add(driver);
            driver = null;
        }
    }

    private RunDriver newDriver(long fence) {
        DriverPorts ports = new DriverPorts(
                new DyingLedger(ledger, chance),
                new MemoryClosedGroups(log, chance, names),
                policyTrainer,
                rewardTrainer,
                prompts(),
                (_, _, _, _) -> chance.mayCrash("orchestrator while archiving"),
                StartCheck.NONE,
                names,
                clock);
        return new RunDriver(RUN, fence, ports, StallAlarm.silent(Duration.ofSeconds(60)));
    }

    private void relay() {
        try {
            for (RunLedger.Pending pending : ledger.outbox(3)) {
                log.send(pending.record());
                chance.mayCrash("relay between a send and its mark");
                ledger.sent(List.of(pending.id()));
            }
        } catch (Crash crash) {
            // The relay has no state but the outbox: the next one sends the record again.
            driver = null;
        }
    }

    private void trouble() {
        switch (chance.below(6)) {
            case 0 -> repeatSomeRecord();
            case 1 -> chance.pick(stages).restart();
            case 2 -> (chance.oneIn(2) ? policyTrainer : rewardTrainer).restart();
            case 3 -> clock.advance(Duration.ofSeconds(chance.below(140)));
            case 4 -> wakeAZombie();
            case 5 -> {
                if (chance.oneIn(4)) {
                    ledger.wish(RUN, Wish.PAUSE);
                }
            }
            default -> throw new AssertionError("no such trouble");
        }
    }

    private void repeatSomeRecord() {
        Topic topic = chance.pick(
                List.of(Topic.CONTROL, Topic.PROMPTS, Topic.ROLLOUTS, Topic.VERIFIED, Topic.SCORED, Topic.PAIRS));
        List<LogRecord> records = log.all(topic);
        if (!records.isEmpty()) {
            log.repeat(chance.pick(records));
        }
    }

    /** A driver that was thought dead goes on: nothing may change. */
    private void wakeAZombie() {
        if (zombies.isEmpty() || driver == null) {
            return;
        }
        Run before = run();
        List<Step> stepsBefore = steps();
        int outboxBefore = ledger.outbox(10_000).size();
        try {
            chance.pick(zombies).tick();
            throw new AssertionError("a driver with a stale fence was let through");
        } catch (StaleFenceException e) {
            invariants.nothingChanged(before, run(), stepsBefore, steps());
            zombiesRefused++;
            invariants.same(outboxBefore, ledger.outbox(10_000).size());
        }
    }

    Run run() {
        return ledger.run(RUN).orElseThrow();
    }

    List<Step> steps() {
        return ledger.steps(RUN, 0);
    }

    /** How many events it took, how often something died, and how often a stale driver was refused. */
    Disturbances disturbances() {
        return new Disturbances(events, chance.died(), zombiesRefused);
    }

    record Disturbances(int events, int died, int zombiesRefused) {}

    RunLedger ledger() {
        return ledger;
    }

    MemoryLog log() {
        return log;
    }

    private static Prompts prompts() {
        return new Prompts() {
            @Override
            public List<Problem> training(Run run, long step) {
                return problems("train-" + step, GROUPS);
            }

            @Override
            public List<HeldOutSet> heldOut(Run run) {
                return List.of(new HeldOutSet("heldout", problems("heldout", HELD_OUT)));
            }
        };
    }

    private static List<Problem> problems(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Problem.newBuilder()
                        .setId(name + "-" + i)
                        .setQuestion("which?")
                        .setPrompt("which?\n")
                        .setReferenceAnswer(Integer.toString(i % 3))
                        .build())
                .toList();
    }
}
