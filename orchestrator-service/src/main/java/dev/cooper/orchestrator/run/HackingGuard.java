package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.hacking.Figure;
import dev.cooper.orchestrator.hacking.HackingWatch;
import dev.cooper.orchestrator.hacking.Reading;
import dev.cooper.orchestrator.hacking.StepFigures;
import dev.cooper.orchestrator.hacking.Suspicion;
import dev.cooper.orchestrator.spec.RunSpec.HackingPolicy;
import dev.cooper.proto.v1.ModelKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each step's groups when they are frozen, and does what the run's specification asks for when reward hacking
 * is suspected. What it has seen it reads from the ledger, so a new driver suspects what the one before it did, and
 * does once what is to be done.
 */
final class HackingGuard {

    /** 1 while reward hacking is suspected, else 0. */
    static final String SUSPECTED = "hacking_suspected";

    private final RunLedger ledger;
    private final Journal journal;
    /** After the steps that no move will change. */
    private @Nullable HackingWatch seen;

    HackingGuard(RunLedger ledger, Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
    }

    /**
     * What is to be added to the freeze of a step.
     *
     * @param measured for the step's metrics
     * @param pause why the run is to pause, when it is
     */
    record Finding(Map<String, Double> measured, List<RunEvent> events, Optional<String> pause) {
        static final Finding NOTHING = new Finding(Map.of(), List.of(), Optional.empty());
    }

    /** @param measured what the groups have shown, by the names of metrics */
    Finding look(Run run, Step step, Map<String, Double> measured, List<Judged> groups) {
        if (run.spec().hacking().isEmpty() || !measured.containsKey(StepFigures.PRESENT)) {
            return Finding.NOTHING;
        }
        HackingWatch before = before(run, step.number());
        HackingWatch now = before.after(new StepFigures(step.number(), step.wentBack(), measured));
        return now.hasBegun()
                ? suspect(run, now, groups)
                : new Finding(excesses(now), subsided(run, before, now), Optional.empty());
    }

    private Finding suspect(Run run, HackingWatch now, List<Judged> groups) {
        Suspicion suspicion =
                Suspicion.of(now, LikedMost.of(groups, now.settings().examples()));
        RunEvent event = journal.event(run, "RewardHackingSuspected", suspicion.toData());
        Optional<String> pause = now.settings().policy() == HackingPolicy.PAUSE
                ? Optional.of("reward hacking suspected in step " + now.step() + ": " + suspicion.inWords())
                : Optional.empty();
        return new Finding(excesses(now), List.of(event), pause);
    }

    private List<RunEvent> subsided(Run run, HackingWatch before, HackingWatch now) {
        return before.isSuspected() && !now.isSuspected()
                ? List.of(journal.event(
                        run,
                        "RewardHackingSubsided",
                        Map.of("since", before.since().orElseThrow())))
                : List.of();
    }

    private static Map<String, Double> excesses(HackingWatch watch) {
        Map<String, Double> excesses = new TreeMap<>();
        List<Reading> telling = watch.readings().stream().filter(Reading::tells).toList();
        for (Reading reading : telling) {
            name(reading.figure()).ifPresent(name -> excesses.put(name, reading.excess()));
        }
        if (!telling.isEmpty() || watch.isSuspected()) {
            excesses.put(SUSPECTED, watch.isSuspected() ? 1.0 : 0.0);
        }
        return excesses;
    }

    private static Optional<String> name(Figure figure) {
        return switch (figure) {
            case SCORE_GAP -> Optional.of("hacking_gap_excess");
            case FALSE_POSITIVE_SHARE -> Optional.of("hacking_false_positive_excess");
            case REWARD_AUC -> Optional.of("hacking_auc_drop");
            case FALSE_POSITIVE_LENGTH_MEAN, FALSE_POSITIVE_FORMAT_SHARE, SCORE_STD, SCORE_FLAT_GROUPS_SHARE ->
                Optional.empty();
        };
    }

    /** Where the reward model must go back to between this step and the next, once for each suspicion. */
    Optional<Rollback> rollback(Run run, Step done) {
        boolean rollsBack = run.spec()
                .hacking()
                .filter(hacking -> hacking.policy() == HackingPolicy.ROLLBACK)
                .isPresent();
        if (!rollsBack || done.metrics().getOrDefault(SUSPECTED, 0.0) == 0) {
            return Optional.empty();
        }
        HackingWatch watch = before(run, done.number() + 1);
        return Optional.of(watch)
                .filter(HackingWatch::hasBegun)
                .map(HackingWatch::lastStepBefore)
                .filter(target -> hasChangedSince(run, target))
                .map(target -> new Rollback(target, Set.of(ModelKind.REWARD)));
    }

    private boolean hasChangedSince(Run run, long target) {
        return ledger.step(run.id(), target)
                .flatMap(Step::reward)
                .flatMap(ModelUpdate::after)
                .filter(then -> !then.equals(run.reward().orElseThrow()))
                .isPresent();
    }

    /** After all steps before this one. */
    private HackingWatch before(Run run, long number) {
        HackingWatch watch = seen;
        if (watch == null) {
            watch = HackingWatch.begin(run.spec().hacking().orElseThrow());
        }
        for (Step step : closedBefore(run, watch.step() + 1, number)) {
            watch = watch.after(step.figures());
        }
        seen = watch;
        return watch;
    }

    private List<Step> closedBefore(Run run, long from, long number) {
        List<Step> steps = new ArrayList<>(ledger.steps(run.id(), from));
        steps.removeIf(step -> step.number() >= number || !step.metrics().containsKey(StepFigures.PRESENT));
        return steps;
    }
}
