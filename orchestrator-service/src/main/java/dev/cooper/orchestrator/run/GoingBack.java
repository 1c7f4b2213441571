package dev.cooper.orchestrator.run;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step begins by going back: each model that is asked for gets the weights and the optimizer of an earlier version,
 * under its next number. What is aimed at is in the step's row from the first move on, so that whoever goes on with it
 * goes to the same place.
 */
final class GoingBack {

    private final DriverPorts ports;
    private final Journal journal;
    private final Watchdog watchdog;
    private final Attaching attaching;
    private final Sampling sampling;
    private final Replay replay;

    GoingBack(
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

    /** Opens the step after this one, as the run's user asks. */
    Tick begin(Run run, Step done) {
        Run running = run.at(done.number() + 1);
        return follow(running, Step.goingBack(running, running.step(), journal.begun()));
    }

    /** Opens the step after this one, which has raised suspicion. */
    Tick begin(Run run, Step done, Rollback target) {
        Run running = run.at(done.number() + 1);
        Step step = Step.goingBack(running, running.step(), journal.begun());
        return go(running, step, target, Optional.empty(), "reward hacking suspected in step " + done.number());
    }

    /** Leaves the groups of a step that samples. */
    Tick leave(Run run, Step step) {
        sampling.forget();
        return follow(run, step.goingBack());
    }

    private Tick follow(Run run, Step step) {
        return go(run, step, run.rollback().orElseThrow(), run.rollback(), "asked for by the run's user");
    }

    private Tick go(Run run, Step step, Rollback target, Optional<Rollback> followed, String why) {
        Step aimed = step;
        for (ModelKind kind : target.models()) {
            aimed = aimed(run, aimed, kind, target.toStep());
        }
        RunEvent begun = journal.event(
                run,
                "RollbackBegun",
                Map.of(
                        "to_step",
                        target.toStep(),
                        "models",
                        target.models().stream().map(Replay::name).sorted().toList(),
                        "why",
                        why));
        return journal.commit(new Move(
                run,
                Optional.of(aimed),
                Optional.empty(),
                List.of(begun),
                List.of(Announcements.control(run, aimed)),
                followed));
    }

    /** The model's part of the step, once it begins with what the model was after that step. */
    private Step aimed(Run run, Step step, ModelKind kind, long toStep) {
        ModelRef then = ports.ledger()
                .step(run.id(), toStep)
                .flatMap(target -> target.update(kind).after())
                .orElseThrow(() -> new CooperException(
                        FailureReason.INTERNAL,
                        "step " + toStep + " of run " + run.id() + " has no version of the " + Replay.name(kind)
                                + " model to go back to"));
        ModelRef now = run.model(kind).version();
        return then.getNumber() == now.getNumber()
                ? step
                : step.with(
                        kind,
                        step.update(kind)
                                .goingBack(
                                        new Origin(toStep, then),
                                        then.toBuilder()
                                                .setNumber(now.getNumber() + 1)
                                                .build()));
    }

    /** Brings one model after the other back, and then samples. */
    Tick await(Run run, Step step) {
        return open(run, step, ModelKind.POLICY)
                .or(() -> run.reward().isPresent() ? open(run, step, ModelKind.REWARD) : Optional.empty())
                .map(kind -> bringBack(run, step, kind))
                .orElseGet(() -> sampling.startAfterRollback(run, step));
    }

    private static Optional<ModelKind> open(Run run, Step step, ModelKind kind) {
        return step.update(kind).before().equals(run.model(kind).version()) ? Optional.empty() : Optional.of(kind);
    }

    private Tick bringBack(Run run, Step step, ModelKind kind) {
        watchdog.show(RunProgress.of(run, step.state().name(), Services.trainer(kind)));
        ModelUpdate update = step.update(kind);
        ModelRef origin = update.origin().orElseThrow().version();
        TrainResult adopted;
        try {
            adopted = ports.trainer(kind).adopt(TrainerCalls.adopt(run, kind, origin, update.before()));
        } catch (PreconditionException elsewhere) {
            return approach(run, step, kind, origin);
        }
        Run back = run.with(kind, adopted.getVersion());
        RunEvent event = journal.event(
                back,
                "VersionAdopted",
                Map.of(
                        "model",
                        Replay.name(kind),
                        "version",
                        adopted.getVersion().getNumber(),
                        "of",
                        origin.getNumber(),
                        "checksum",
                        origin.getChecksum()));
        return journal.commit(
                back,
                List.of(event),
                List.of(Announcements.control(back, step), Announcements.version(back, kind, adopted, origin, "")));
    }

    /** The trainer is not where it must be: it loads a checkpoint of that version or of one before it. */
    private Tick approach(Run run, Step step, ModelKind kind, ModelRef origin) {
        ModelRef held = attaching.attach(run, TrainerCalls.attach(run, kind, origin.getNumber()));
        return replay.lostAnswer(run, kind, held).orElseGet(() -> {
            if (held.getNumber() < origin.getNumber()) {
                return replay.towards(run, kind, held, origin.getNumber());
            }
            return held.equals(origin) ? Tick.WAITING : aimAt(run, step, kind, held);
        });
    }

    /** Recovery CONTINUE: the version to go back to has come out with other bytes. */
    private Tick aimAt(Run run, Step step, ModelKind kind, ModelRef held) {
        ModelUpdate update = step.update(kind);
        Origin origin = new Origin(update.origin().orElseThrow().step(), held);
        Step aimed = step.with(kind, update.goingBack(origin, Replay.asMadeFrom(held, update.before())));
        return journal.commit(run, aimed, List.of(), List.of());
    }
}
