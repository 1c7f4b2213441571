package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.TrainResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Where a step's wall time went. */
final class StepTimes {

    private StepTimes() {}

    /**
     * The trainer's metrics, with seconds_total (from the end of the step before to this commit) and seconds_overhead
     * (what of it was neither sampling nor training).
     */
    static Map<String, Double> of(Step step, TrainResult result, Instant now) {
        Map<String, Double> measured = new HashMap<>(result.getMetricsMap());
        double total = Duration.between(step.startedAt(), now).toMillis() / 1000.0;
        double sampling = step.metrics().getOrDefault("seconds_sampling", 0.0);
        double training = measured.computeIfAbsent(
                "seconds_training", _ -> (result.getFinishedAtMs() - result.getStartedAtMs()) / 1000.0);
        measured.put("seconds_total", total);
        measured.put("seconds_overhead", total - sampling - training);
        return measured;
    }
}
