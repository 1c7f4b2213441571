package dev.cooper.orchestrator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cooper.proto.v1.ScoringReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoringTimesTest {

    private static ScoringReport report(long from, long to) {
        return ScoringReport.newBuilder()
                .setStartedAtMs(from)
                .setFinishedAtMs(to)
                .build();
    }

    @Test
    void timeInWhichSomebodyScoresCountsOnce() {
        Map<String, Double> measured = ScoringTimes.measure(
                List.of(
                        report(7000, 8000),
                        report(1000, 2000),
                        report(1000, 2000),
                        report(1500, 4000),
                        report(1600, 1700)),
                80);

        assertThat(measured)
                .containsOnly(Map.entry("seconds_scoring", 4.0), Map.entry("reward_scores_per_second", 20.0));
    }

    @Test
    void withoutAReportNothingIsTold() {
        assertThat(ScoringTimes.measure(List.of(), 0)).isEmpty();
    }

    @Test
    void aBatchTooQuickToMeasureHasNoSpeed() {
        assertThat(ScoringTimes.measure(List.of(report(5, 5)), 8)).containsEntry("reward_scores_per_second", 0.0);
    }
}
