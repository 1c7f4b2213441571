package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.TrainResult;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a step's wall time went, in seconds. */
final class StepTimes {

    /** What is neither of these is overhead. */
    private static final List<String> WORK =
            List.of("seconds_sampling", "seconds_training", "seconds_pairing_waited", "seconds_training_reward");

    private StepTimes() {}

    /** The policy trainer's metrics, with seconds_training. */
    static Map<String, Double> ofPolicy(TrainResult result) {
        Map<String, Double> measured = new HashMap<>(result.getMetricsMap());
        measured.putIfAbsent("seconds_training", seconds(result));
        return measured;
    }

    /**
     * The reward trainer's metrics under names of their own: {@code reward_} and the name, but for times, which end in
     * {@code _reward}, and for {@code probe_}, which only a reward model has.
     */
    static Map<String, Double> ofReward(TrainResult result) {
        Map<String, Double> measured = new HashMap<>();
        result.getMetricsMap().forEach((name, value) -> measured.put(ofReward(name), value));
        measured.putIfAbsent("seconds_training_reward", seconds(result));
        return measured;
    }

    private static String ofReward(String name) {
        if (name.startsWith("probe_")) {
            return name;
        }
        return name.startsWith("seconds_") ? name + "_reward" : "reward_" + name;
    }

    /**
     * seconds_pairing, from the freeze of the groups to that of the pairs, and seconds_pairing_waited, what of it came
     * after the policy's update: the rest was done while others worked.
     */
    static Map<String, Double> ofPairing(Step step, Instant now) {
        StepInstants instants = step.instants();
        return Map.of(
                "seconds_pairing",
                seconds(instants.frozenAt().orElseThrow(), now),
                "seconds_pairing_waited",
                seconds(instants.trainedAt().orElseThrow(), now));
    }

    /**
     * seconds_total, from the end of the step before to this commit, and seconds_overhead, what of it was neither
     * sampling nor training nor waiting for pairs.
     *
     * @param step with all else that was measured
     */
    static Map<String, Double> total(Step step, Instant now) {
        return total(step.startedAt(), step.metrics(), now);
    }

    /** As {@link #total(Step, Instant)}, with these measured now. */
    static Map<String, Double> with(Step step, Map<String, Double> measured, Instant now) {
        Map<String, Double> all = new HashMap<>(step.metrics());
        all.putAll(measured);
        all.putAll(total(step.startedAt(), all, now));
        return all;
    }

    private static Map<String, Double> total(Instant startedAt, Map<String, Double> measured, Instant now) {
        double total = seconds(startedAt, now);
        double work = WORK.stream()
                .mapToDouble(part -> measured.getOrDefault(part, 0.0))
                .sum();
        return Map.of("seconds_total", total, "seconds_overhead", total - work);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static double seconds(TrainResult result) {
        return (result.getFinishedAtMs() - result.getStartedAtMs()) / 1000.0;
    }
}
