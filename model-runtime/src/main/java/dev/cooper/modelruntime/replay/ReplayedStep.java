package dev.cooper.modelruntime.replay;

import dev.cooper.proto.v1.ModelRef;
import java.time.Duration;
import java.util.Map;

/**
 * A move that was made again and came out as it was recorded.
 *
 * @param version the version reached
 * @param updated whether it is another one than before
 * @param batchSha256 of the batch; empty where an older version was adopted
 * @param metrics the figures of the update, by their names in the trainer's result; empty where nothing was trained
 * @param took from reading the records to the checksum
 */
public record ReplayedStep(
        long step, ModelRef version, boolean updated, String batchSha256, Map<String, Double> metrics, Duration took) {

    public ReplayedStep {
        metrics = Map.copyOf(metrics);
    }
}
