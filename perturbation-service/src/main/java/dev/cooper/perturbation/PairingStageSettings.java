package dev.cooper.perturbation;

import dev.cooper.platform.failure.CooperException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the stage.
 *
 * @param queue unfinished groups at which the topic is paused; at least a step's share is best
 */
@ConfigurationProperties(prefix = "cooper.pairing", ignoreUnknownFields = false)
record PairingStageSettings(@DefaultValue("512") int queue) {

    PairingStageSettings {
        if (queue < 1) {
            throw CooperException.badInput(
                    "cooper.pairing.queue", "cooper.pairing.queue must be at least 1, is " + queue);
        }
    }
}
