package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.RunProgress;
import dev.cooper.orchestrator.run.RunState;
import dev.cooper.orchestrator.schedule.RunLine;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows runs with what is known of them now. */
public final class RunViews {

    private final RunLedger ledger;
    private final LiveProgress live;
    private final Clock clock;
    private final TimeLeft timeLeft;

    public RunViews(RunLedger ledger, LiveProgress live, Clock clock) {
        this.ledger = ledger;
        this.live = live;
        this.clock = clock;
        this.timeLeft = new TimeLeft(ledger);
    }

    List<RunView> all() {
        List<Run> runs = ledger.runs();
        return runs.stream().map(run -> show(run, runs)).toList();
    }

    RunView of(Run run) {
        return show(run, ledger.runs());
    }

    private RunView show(Run run, List<Run> all) {
        String behind = RunLine.behindWhom(run, all);
        StallView stalled = live.of(run.id())
                .flatMap(RunProgress::stall)
                .map(stall -> StallView.of(stall, clock.instant()))
                .orElse(null);
        return RunView.of(
                run,
                new RunView.Now(
                        run.reason().isEmpty() ? behind : run.reason(),
                        phase(run),
                        waitingFor(run, behind),
                        stalled,
                        estimates(run),
                        timeLeft.seconds(run, all).orElse(null)));
    }

    /** As they were when the run was created: its first event has them. */
    private @Nullable Object estimates(Run run) {
        return ledger.events(run.id(), 0, 1).stream()
                .map(event -> event.data().get("estimates"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private String phase(Run run) {
        return run.state() == RunState.QUEUED
                ? ""
                : ledger.step(run.id(), run.step())
                        .map(step -> step.state().name())
                        .orElse("");
    }

    private String waitingFor(Run run, String behind) {
        return switch (run.state()) {
            case QUEUED -> behind;
            case PREPARING, RUNNING ->
                live.of(run.id()).map(RunProgress::waitingFor).orElse("");
            case PAUSED -> "somebody to resume or cancel it";
            case COMPLETED, FAILED, CANCELLED -> "";
        };
    }
}
