package dev.cooper.orchestrator;

import dev.cooper.platform.failure.CooperException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the orchestrator.
 *
 * @param filesRoot folder that relative paths in run specifications start from
 * @param lease how long a run stays with an orchestrator that says nothing more; then another may take it over
 * @param stalledAfter how long nothing moves in a run before it counts as stalled; longer than an update takes
 * @param tensorboard whether the scalars of runs are written as event files under the storage root
 * @param webhookSecret that notices are signed with; empty: they are not
 */
@ConfigurationProperties(prefix = "cooper.orchestrator", ignoreUnknownFields = false)
public record OrchestratorSettings(
        @DefaultValue(".") Path filesRoot,
        @DefaultValue("15s") Duration lease,
        @DefaultValue("60s") Duration stalledAfter,
        @DefaultValue("true") boolean tensorboard,
        @DefaultValue("") String webhookSecret) {

    public OrchestratorSettings {
        if (lease.compareTo(Duration.ofSeconds(3)) < 0) {
            throw CooperException.badInput(
                    "cooper.orchestrator.lease", "cooper.orchestrator.lease must be at least 3s, is " + lease);
        }
        if (stalledAfter.compareTo(Duration.ofSeconds(1)) < 0) {
            throw CooperException.badInput(
                    "cooper.orchestrator.stalled-after",
                    "cooper.orchestrator.stalled-after must be at least 1s, is " + stalledAfter);
        }
    }
}
