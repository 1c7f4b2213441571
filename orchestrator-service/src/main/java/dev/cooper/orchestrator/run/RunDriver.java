package dev.cooper.orchestrator.run;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.platform.line.LogScope;
import dev.cooper.proto.v1.ModelKind;

/**
 * Moves one run from state to state, under one fence. Everything that it decides on is in the ledger or on the log, so
 * a new driver goes on where a dead one stopped: at whatever point that was, and with the same outcome.
 *
 * <p>One thread calls {@link #tick()} again and again. Each tick makes at most one move, which is one transaction, and
 * blocks no longer than a poll of the log or a call of each trainer. A {@link StaleFenceException} from it means that
 * another driver has taken over.
 */
public final class RunDriver {

    private final String runId;
    private final long fence;
    private final RunLedger ledger;
    private final Journal journal;
    private final Steering steering;
    private final Watchdog watchdog;
    private final Preparing preparing;
    private final HackingGuard guard;
    private final Sampling sampling;
    private final GoingBack goingBack;
    private final Training training;
    private final Pairing pairing;
    private final Evaluating evaluating;

    public RunDriver(String runId, long fence, DriverPorts ports, StallAlarm alarm) {
        this.runId = runId;
        this.fence = fence;
        this.ledger = ports.ledger();
        this.journal = new Journal(ledger, ports.clock());
        this.steering = new Steering(ledger, journal);
        this.watchdog = new Watchdog(runId, ports, journal, alarm);
        Archiving archiving = new Archiving(ledger, ports.log(), ports.archive());
        this.preparing = new Preparing(ports, journal, steering, watchdog);
        this.guard = new HackingGuard(ledger, journal);
        this.sampling = new Sampling(ports, journal, steering, watchdog, archiving, guard);
        Attaching attaching = new Attaching(ports, journal);
        Replay replay = new Replay(ports, journal, watchdog);
        this.goingBack = new GoingBack(ports, journal, watchdog, attaching, sampling, replay);
        this.training = new Training(ports, journal, watchdog, attaching, sampling, replay);
        this.pairing = new Pairing(ports, journal, steering, watchdog);
        this.evaluating = new Evaluating(ports, journal, steering, watchdog, archiving);
    }

    /** What the run waits for, as of the last tick; any thread may ask. */
    public RunProgress progress() {
        return watchdog.progress();
    }

    /**
     * Makes the next move, if there is one to make.
     *
     * @throws StaleFenceException when another driver steers the run
     */
    public Tick tick() {
        Run run = ledger.run(runId).orElseThrow(() -> new IllegalStateException("no run " + runId));
        if (run.fence() != fence) {
            throw new StaleFenceException(runId, fence);
        }
        if (run.state().isFinal()) {
            return Tick.DONE;
        }
        if (run.wish() == Wish.CANCEL) {
            return steering.finish(run, RunState.CANCELLED, "cancelled by its user");
        }
        try (LogScope _ = LogScope.of(run.id(), run.step())) {
            return look(run);
        }
    }

    private Tick look(Run run) {
        watchdog.look(run);
        Tick tick = move(run);
        return journal.hasSpoken() && tick == Tick.WAITING ? Tick.MOVED : tick;
    }

    /** Lets go of the run: what this driver has told of it is over. */
    public void leave() {
        watchdog.leave(runId);
    }

    private Tick move(Run run) {
        try {
            return switch (run.state()) {
                case QUEUED -> preparing.begin(run);
                case PREPARING -> preparing.attachInitialModels(run);
                case RUNNING -> run.wish() == Wish.PAUSE ? steering.pause(run, "paused by its user") : advance(run);
                case PAUSED -> run.wish() == Wish.RUN ? resume(run) : Tick.WAITING;
                case COMPLETED, FAILED, CANCELLED -> Tick.DONE;
            };
        } catch (CooperException failure) {
            return absorb(run, failure);
        }
    }

    private Tick advance(Run run) {
        Step step = currentStep(run);
        return switch (step.state()) {
            case ROLLING_BACK -> goingBack.await(run, step);
            case SAMPLING -> run.rollback().isPresent() ? goingBack.leave(run, step) : sampling.await(run, step);
            case TRAINING_POLICY -> training.trainPolicy(run, step);
            case PAIRING -> pairing.await(run, step);
            case TRAINING_REWARD -> training.trainReward(run, step);
            case COMMITTED -> run.spec().evaluatesAfter(step.number()) ? evaluating.start(run, step) : next(run, step);
            case EVALUATING -> evaluating.await(run, step);
            case EVALUATED -> next(run, step);
        };
    }

    /** After the last step there is nothing to go back for. What the user asks for comes first. */
    private Tick next(Run run, Step done) {
        if (done.number() >= run.spec().steps()) {
            return sampling.next(run, done);
        }
        if (run.rollback().isPresent()) {
            return goingBack.begin(run, done);
        }
        return guard.rollback(run, done)
                .map(target -> goingBack.begin(run, done, target))
                .orElseGet(() -> sampling.next(run, done));
    }

    private Step currentStep(Run run) {
        return ledger.step(run.id(), run.step())
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no step " + run.step()));
    }

    private Tick resume(Run run) {
        sampling.forget();
        pairing.forget();
        evaluating.forget();
        watchdog.alive();
        return steering.resume(run, currentStep(run));
    }

    /** A failure that waiting may mend keeps the run; any other ends it, with the reason for its user. */
    private Tick absorb(Run run, CooperException failure) {
        return switch (failure.reason()) {
            case NO_CAPACITY, TIMEOUT -> waitFor(failure);
            case CANCELLED -> Tick.WAITING;
            case BAD_INPUT, MODEL_FAULT, INTERNAL, FAILURE_REASON_UNSPECIFIED, UNRECOGNIZED ->
                // The trainer restarted after it was attached: the next tick attaches it again and replays. But one
                // that has seen a higher fence refuses every tick, and people must be able to see why.
                failure instanceof PreconditionException wrong && !isAheadOfTheLedger(run, wrong)
                        ? waitFor(failure)
                        : steering.fail(run, failure.detail());
        };
    }

    private Tick waitFor(CooperException failure) {
        watchdog.show(watchdog.progress().waitingFor(failure.detail()));
        return Tick.WAITING;
    }

    private boolean isAheadOfTheLedger(Run run, PreconditionException wrong) {
        boolean reward = ledger.step(run.id(), run.step())
                .filter(step -> step.state() == StepState.TRAINING_REWARD)
                .isPresent();
        long known = run.model(reward ? ModelKind.REWARD : ModelKind.POLICY)
                .version()
                .getNumber();
        return wrong.heldVersion().filter(held -> held.getNumber() > known).isPresent();
    }
}
