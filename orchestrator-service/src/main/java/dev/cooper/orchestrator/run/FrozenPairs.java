package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.TopicNames;
import dev.cooper.proto.v1.Manifest;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.NoPair;
import dev.cooper.proto.v1.PairOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pairs of a step at the moment when their manifest is frozen.
 *
 * @param excluded why a group of the step has no pair, by slot
 * @param measured pairs, pairs_none, pairs_none_{reason}; pair_attempts_mean over those that needed a rewrite
 */
record FrozenPairs(Manifest manifest, Map<Integer, String> excluded, Map<String, Double> measured) {

    static FrozenPairs of(Run run, Step step, GroupWatch<PairOutcome> pairs, TopicNames topics) {
        Manifest.Builder manifest =
                Manifest.newBuilder().setRunId(run.id()).setStep(step.number()).setKind(ModelKind.REWARD);
        Map<Integer, String> excluded = new TreeMap<>();
        Map<String, Double> measured = new TreeMap<>();
        List<Integer> attempts = new ArrayList<>();
        for (ClosedGroup.Usable<PairOutcome> closed : pairs.usable()) {
            PairOutcome outcome = closed.content();
            if (outcome.hasPair()) {
                manifest.addRecords(FrozenGroups.reference(closed.slot(), closed.record(), topics));
                attempts.add(outcome.getPair().getAttempts());
            } else {
                NoPair none = outcome.getNone();
                excluded.put(closed.slot(), inWords(none));
                count(measured, none.getReason().name());
                attempts.add(none.getAttempts());
            }
        }
        for (ClosedGroup.Failed<PairOutcome> failed : pairs.failed()) {
            excluded.put(failed.slot(), FrozenGroups.inWords(failed.failure()));
            count(measured, failed.failure().getReason().name());
        }
        measured.put("pairs", (double) manifest.getRecordsCount());
        measured.put("pairs_none", (double) excluded.size());
        attempts.stream()
                .mapToInt(Integer::intValue)
                .filter(tried -> tried > 0)
                .average()
                .ifPresent(mean -> measured.put("pair_attempts_mean", mean));
        return new FrozenPairs(manifest.build(), excluded, measured);
    }

    private static String inWords(NoPair none) {
        return none.getDetail().isEmpty() ? none.getReason().name() : none.getReason() + ": " + none.getDetail();
    }

    private static void count(Map<String, Double> measured, String reason) {
        measured.merge("pairs_none_" + reason.toLowerCase(Locale.ROOT), 1.0, Double::sum);
    }
}
