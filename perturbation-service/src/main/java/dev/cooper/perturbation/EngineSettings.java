package dev.cooper.perturbation;

import dev.cooper.platform.failure.CooperException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the tensor engine of the embedded assistant.
 *
 * @param threads inside one operation; the same rewrite comes again only with the same number
 */
@ConfigurationProperties(prefix = "cooper.engine", ignoreUnknownFields = false)
record EngineSettings(@DefaultValue("1") int threads) {

    EngineSettings {
        if (threads < 1) {
            throw CooperException.badInput(
                    "cooper.engine.threads", "cooper.engine.threads must be at least 1, is " + threads);
        }
    }
}
