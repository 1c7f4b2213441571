package dev.cooper.platform.health;

import dev.cooper.platform.failure.CooperException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a service counts as stuck.
 *
 * @param stuckAfter how long a thread may hold work and do nothing at all before liveness is down
 */
@ConfigurationProperties(prefix = "cooper.health", ignoreUnknownFields = false)
public record HealthSettings(@DefaultValue("10m") Duration stuckAfter) {

    public HealthSettings {
        if (stuckAfter.compareTo(Duration.ofSeconds(1)) < 0) {
            throw CooperException.badInput(
                    "cooper.health.stuck-after", "cooper.health.stuck-after must be at least 1s, is " + stuckAfter);
        }
    }
}
