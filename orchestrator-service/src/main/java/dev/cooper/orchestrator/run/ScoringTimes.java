package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.ScoringReport;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How long a step's completions were scored, and how fast. */
final class ScoringTimes {
    private static final double MILLIS = 1000;

    private ScoringTimes() {}

    /** Empty when nobody scored, or does not say when. */
    static Map<String, Double> of(List<Judged> groups) {
        List<Judged> scored =
                groups.stream().filter(group -> group.scores().hasReport()).toList();
        return measure(
                scored.stream().map(group -> group.scores().getReport()).toList(),
                scored.stream()
                        .mapToInt(group -> group.scores().getScoresCount())
                        .sum());
    }

    /**
     * seconds_scoring, in which at least one scorer was at work, and reward_scores_per_second. Groups that were scored
     * together have equal reports; their time counts once.
     */
    static Map<String, Double> measure(List<ScoringReport> reports, int scores) {
        if (reports.isEmpty()) {
            return Map.of();
        }
        long busy = 0;
        long until = Long.MIN_VALUE;
        for (ScoringReport report : reports.stream()
                .sorted(Comparator.comparingLong(ScoringReport::getStartedAtMs))
                .toList()) {
            long from = Math.max(until, report.getStartedAtMs());
            busy += Math.max(0, report.getFinishedAtMs() - from);
            until = Math.max(until, report.getFinishedAtMs());
        }
        double seconds = busy / MILLIS;
        return Map.of("seconds_scoring", seconds, "reward_scores_per_second", seconds > 0 ? scores / seconds : 0.0);
    }
}
