package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.PairOutcome;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pairs of a step at the moment when their manifest is frozen.
 *
 * @param excluded why a group of the step has no pair, by slot
 * @param measured see {@link PairFigures#measured}
 */
record FrozenPairs(Manifest manifest, Map<Integer, String> excluded, Map<String, Double> measured) {

    static FrozenPairs of(Run run, Step step, GroupWatch<PairOutcome> pairs, TopicNames topics) {
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId(run.id()).setStep(step.number()).setKind(ModelKind.REWARD);
        Map<Integer, String> excluded = new TreeMap<>();
        PairFigures figures = new PairFigures();
        for (ClosedGroup.Usable<PairOutcome> closed : pairs.usable()) {
            PairOutcome outcome = closed.content();
            if (outcome.hasPair()) {
                manifest.addRecords(FrozenGroups.reference(closed.slot(), closed.record(), topics));
                figures.paired(outcome.getPair());
            } else {
                NoPair none = outcome.getNone();
                excluded.put(closed.slot(), inWords(none));
                figures.none(none);
            }
        }
        for (ClosedGroup.Failed<PairOutcome> failed : pairs.failed()) {
            excluded.put(failed.slot(), FrozenGroups.inWords(failed.failure()));
            figures.none(failed.failure().getReason());
        }
        return new FrozenPairs(manifest.build(), excluded, figures.measured());
    }

    private static String inWords(NoPair none) {
        return none.getDetail().isEmpty() ? none.getReason().name() : none.getReason() + ": " + none.getDetail();
    }
}
