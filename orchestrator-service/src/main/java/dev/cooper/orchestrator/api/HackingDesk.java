package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.hacking.HackingWatch;
import dev.cooper.orchestrator.hacking.SecondOpinion;
import dev.cooper.orchestrator.hacking.StepFigures;
import dev.cooper.orchestrator.hacking.Suspicion;
import dev.cooper.orchestrator.run.Run;
import dev.cooper.orchestrator.run.RunEvent;
import dev.cooper.orchestrator.run.RunLedger;
import dev.cooper.orchestrator.run.Step;
import dev.cooper.orchestrator.spec.RunSpec;
import dev.cooper.platform.failure.NotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells whether a run's reward model is being hacked, from what the ledger has. Knows nothing of HTTP. */
public final class HackingDesk {

    private static final String SUSPECTED = "RewardHackingSuspected";
    private static final String SUBSIDED = "RewardHackingSubsided";

    private final RunDesk runs;
    private final RunLedger ledger;
    private final SecondOpinion opinion;

    public HackingDesk(RunDesk runs, RunLedger ledger, SecondOpinion opinion) {
        this.runs = runs;
        this.ledger = ledger;
        this.opinion = opinion;
    }

    HackingView show(String runId) {
        Run run = runs.run(runId);
        RunSpec.Hacking settings = run.spec()
                .hacking()
                .orElseThrow(() -> new NotFoundException(
                        "run " + runId + " is in mode rule: it has no reward model that could be hacked"));
        HackingWatch watch = HackingWatch.begin(settings);
        for (Step step : ledger.steps(runId, 1)) {
            watch = step.metrics().containsKey(StepFigures.PRESENT) ? watch.after(step.figures()) : watch;
        }
        return new HackingView(
                runId,
                settings.policy().name().toLowerCase(Locale.ROOT),
                settings.baselineSteps(),
                settings.window(),
                watch.step(),
                watch.since().isPresent() ? watch.since().getAsLong() : null,
                watch.readings().stream().map(HackingView.FigureView::of).toList(),
                alerts(runId));
    }

    /** As they were told when they were raised. */
    private List<HackingView.AlertView> alerts(String runId) {
        List<HackingView.AlertView> alerts = new ArrayList<>();
        for (RunEvent event : ledger.events(runId, Set.of(SUSPECTED, SUBSIDED))) {
            if (event.type().equals(SUSPECTED)) {
                alerts.add(alert(event));
            } else if (!alerts.isEmpty()) {
                alerts.add(subsided(alerts.removeLast(), event.step()));
            }
        }
        return alerts;
    }

    private HackingView.AlertView alert(RunEvent event) {
        Suspicion told = Suspicion.read(event.data());
        return new HackingView.AlertView(
                event.step(),
                event.at(),
                null,
                told.policy(),
                told.window(),
                told.figures(),
                told.examples().stream()
                        .map(example -> HackingView.ExampleView.of(
                                example, opinion.isRight(example).orElse(null)))
                        .toList());
    }

    private static HackingView.AlertView subsided(HackingView.AlertView alert, long step) {
        return new HackingView.AlertView(
                alert.step(), alert.at(), step, alert.policy(), alert.window(), alert.figures(), alert.examples());
    }
}
