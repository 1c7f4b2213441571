package dev.cooper.orchestrator;

import dev.cooper.platform.failure.CooperException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the policy's trainer is.
 *
 * @param address host:port of its gRPC server
 * @param deadline of one call; an update that takes longer goes on, and is asked for again
 */
@ConfigurationProperties(prefix = "cooper.policy-trainer", ignoreUnknownFields = false)
public record PolicyTrainerSettings(
        @DefaultValue("127.0.0.1:9101") String address,
        @DefaultValue("3s") Duration deadline) {

    public PolicyTrainerSettings {
        if (deadline.compareTo(Duration.ofMillis(100)) < 0 || deadline.compareTo(Duration.ofMinutes(1)) > 0) {
            throw CooperException.badInput(
                    "cooper.policy-trainer.deadline",
                    "cooper.policy-trainer.deadline must be 100ms to 1m, is " + deadline);
        }
    }
}
