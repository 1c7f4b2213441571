package dev.cooper.policy;

import dev.cooper.platform.failure.CooperException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the tensor engine.
 *
 * @param threads inside one operation; replays are exact only with the number that the run began with
 */
@ConfigurationProperties(prefix = "cooper.engine", ignoreUnknownFields = false)
public record EngineSettings(@DefaultValue("1") int threads) {

    public EngineSettings {
        if (threads < 1) {
            throw CooperException.badInput(
                    "cooper.engine.threads", "cooper.engine.threads must be at least 1, is " + threads);
        }
    }
}
