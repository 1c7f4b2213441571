package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A trainer has lost updates that the ledger has: it makes them again, one a tick. The way to the version wanted is
 * found from its end, since each version was made from one other. Each must come out the same; with recovery CONTINUE
 * one may come out with other bytes, and the ledger then has them in place of the lost ones.
 */
final class Replay {

    private final DriverPorts ports;
    private final Journal journal;
    private final Watchdog watchdog;

    Replay(DriverPorts ports, Journal journal, Watchdog watchdog) {
        this.ports = ports;
        this.journal = journal;
        this.watchdog = watchdog;
    }

    /** Makes the next version on the way from the one held to the one wanted, which is a later one. */
    Tick towards(Run run, ModelKind kind, ModelRef held, long wanted) {
        return make(run, kind, held, next(run, kind, held, wanted));
    }

    /**
     * A trainer that holds other bytes than the ledger has for the version has made them in a replay whose answer was
     * lost: it is asked once more, and the ledger gets them.
     *
     * @return empty when the ledger has what the trainer holds
     * @throws CooperException INTERNAL when nobody has asked for these bytes
     */
    Optional<Tick> lostAnswer(Run run, ModelKind kind, ModelRef held) {
        return ports.ledger()
                .stepThatMade(run.id(), kind, held.getNumber())
                .map(step -> Making.of(step, kind, held.getNumber()))
                .filter(recorded -> !recorded.made().equals(held))
                .map(recorded -> askAgain(run, kind, held, recorded));
    }

    private Tick askAgain(Run run, ModelKind kind, ModelRef held, Making recorded) {
        if (run.spec().recovery() == RunSpec.Recovery.EXACT) {
            throw unknown(run, kind, held);
        }
        try {
            return make(run, kind, base(run, kind, recorded.from()), recorded);
        } catch (PreconditionException notItsAnswer) {
            throw unknown(run, kind, held);
        }
    }

    /** The bytes that the ledger has now for a version. */
    private ModelRef base(Run run, ModelKind kind, ModelRef version) {
        return version.getNumber() == 0
                ? version
                : making(run, kind, version.getNumber()).made();
    }

    private static CooperException unknown(Run run, ModelKind kind, ModelRef held) {
        return new CooperException(
                FailureReason.INTERNAL,
                "the " + name(kind) + " trainer holds version " + held.getNumber() + " with checksum "
                        + held.getChecksum() + ", which is not the one that run " + run.id() + " has made");
    }

    private Tick make(Run run, ModelKind kind, ModelRef held, Making next) {
        Tick made = next.trained() ? trainAgain(run, kind, held, next) : adoptAgain(run, kind, held, next);
        watchdog.alive();
        return made;
    }

    private Making next(Run run, ModelKind kind, ModelRef held, long wanted) {
        Making making = making(run, kind, wanted);
        while (making.from().getNumber() > held.getNumber()) {
            making = making(run, kind, making.from().getNumber());
        }
        if (making.from().getNumber() < held.getNumber()) {
            throw new CooperException(
                    FailureReason.INTERNAL,
                    "the " + name(kind) + " trainer begins at version " + held.getNumber()
                            + ", which the run has left behind by going back, and has no checkpoint of its own way:"
                            + " fork the run from an archived step");
        }
        return making;
    }

    private Making making(Run run, ModelKind kind, long version) {
        Step step = ports.ledger()
                .stepThatMade(run.id(), kind, version)
                .orElseThrow(() -> new CooperException(
                        FailureReason.INTERNAL,
                        "no step of run " + run.id() + " has made version " + version + " of the " + name(kind)
                                + " model"));
        return Making.of(step, kind, version);
    }

    private Tick trainAgain(Run run, ModelKind kind, ModelRef held, Making lost) {
        TrainResult result = ports.trainer(kind).train(TrainerCalls.replay(run, lost.step(), kind, held));
        return result.getVersion().equals(lost.made())
                ? same(run, kind, lost)
                : record(run, kind, lost, lost.step().update(kind).remade(held, result.getVersion()), result);
    }

    private Tick adoptAgain(Run run, ModelKind kind, ModelRef held, Making lost) {
        ModelRef becomes = asMadeFrom(held, lost.made());
        TrainResult result = ports.trainer(kind).adopt(TrainerCalls.adopt(run, kind, held, becomes));
        Origin origin =
                new Origin(lost.step().update(kind).origin().orElseThrow().step(), held);
        return becomes.equals(lost.made())
                ? same(run, kind, lost)
                : record(run, kind, lost, lost.step().update(kind).goingBack(origin, becomes), result);
    }

    /** The number that a version has when it is adopted, with the bytes of the one that it is made from. */
    static ModelRef asMadeFrom(ModelRef held, ModelRef becomes) {
        return becomes.toBuilder()
                .setChecksum(held.getChecksum())
                .setIncarnation(Math.max(held.getIncarnation(), becomes.getIncarnation()))
                .build();
    }

    private Tick same(Run run, ModelKind kind, Making lost) {
        return journal.commit(
                run, List.of(journal.event(run, "StepReplayed", data(kind, lost, lost.made()))), List.of());
    }

    /** Recovery CONTINUE: the step's row has what was made now. The run follows once its trainer has arrived. */
    private Tick record(Run run, ModelKind kind, Making lost, ModelUpdate remade, TrainResult result) {
        RunEvent diverged = journal.event(run, "VersionDiverged", data(kind, lost, result.getVersion()));
        return journal.commit(
                run,
                lost.step().with(kind, remade),
                List.of(diverged),
                List.of(Announcements.version(run, kind, result, remade)));
    }

    private static Map<String, Object> data(ModelKind kind, Making lost, ModelRef made) {
        return Map.of(
                "step",
                lost.step().number(),
                "model",
                name(kind),
                "version",
                made.getNumber(),
                "incarnation",
                made.getIncarnation(),
                "checksum",
                made.getChecksum(),
                "recorded",
                lost.made().getChecksum());
    }

    static String name(ModelKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
