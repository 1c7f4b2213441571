package dev.cooper.orchestrator.run;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.TrainResult;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A trainer has lost updates that the ledger has: it makes them again, one a tick, and each must come out the same. The
 * way to the version wanted is found from its end: each version was made by one step.
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

    /** Makes one missing update; empty when the trainer holds the version that the step's own update starts from. */
    Optional<Tick> ifBehind(Run run, Step step, ModelKind kind) {
        long held = ports.trainer(kind)
                .attach(TrainerCalls.attach(run, kind))
                .getVersion()
                .getNumber();
        long wanted = step.update(kind).before().getNumber();
        return held < wanted ? Optional.of(again(run, firstAfter(run, kind, held, wanted), kind)) : Optional.empty();
    }

    private Step firstAfter(Run run, ModelKind kind, long held, long wanted) {
        Step made = made(run, kind, wanted);
        while (made.update(kind).before().getNumber() > held) {
            made = made(run, kind, made.update(kind).before().getNumber());
        }
        return made;
    }

    private Step made(Run run, ModelKind kind, long version) {
        return ports.ledger()
                .stepThatMade(run.id(), kind, version)
                .orElseThrow(() -> new CooperException(
                        FailureReason.INTERNAL,
                        "no step of run " + run.id() + " has made version " + version + " of the "
                                + kind.name().toLowerCase(Locale.ROOT) + " model"));
    }

    private Tick again(Run run, Step missed, ModelKind kind) {
        String expected = missed.update(kind).after().orElseThrow().getChecksum();
        TrainResult result = ports.trainer(kind).train(TrainerCalls.train(run, missed, kind, expected));
        watchdog.alive();
        RunEvent event = journal.event(
                run,
                "StepReplayed",
                Map.of(
                        "step",
                        missed.number(),
                        "model",
                        kind.name().toLowerCase(Locale.ROOT),
                        "version",
                        result.getVersion().getNumber(),
                        "checksum",
                        result.getVersion().getChecksum()));
        return journal.commit(run, List.of(event), List.of());
    }
}
