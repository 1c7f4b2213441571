package dev.cooper.orchestrator;

import dev.cooper.platform.failure.CooperException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the reward model's trainer is; nobody asks it in mode rule.
 *
 * @param address host:port of its gRPC server
 * @param deadline of one call; an update that takes longer goes on, and is asked for again
 */
@ConfigurationProperties(prefix = "cooper.reward-trainer", ignoreUnknownFields = false)
public record RewardTrainerSettings(
        @DefaultValue("127.0.0.1:9103") String address,
        @DefaultValue("3s") Duration deadline) {

    public RewardTrainerSettings {
        if (deadline.compareTo(Duration.ofMillis(100)) < 0 || deadline.compareTo(Duration.ofMinutes(1)) > 0) {
            throw CooperException.badInput(
                    "cooper.reward-trainer.deadline",
                    "cooper.reward-trainer.deadline must be 100ms to 1m, is " + deadline);
        }
    }
}
