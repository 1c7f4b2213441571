package dev.cooper.modelruntime.service;

import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.platform.failure.CooperException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the tensor engine.
 *
 * @param threads inside one operation; replays are exact only with the number that the run began with
 */
@ConfigurationProperties(prefix = "cooper.engine", ignoreUnknownFields = false)
public record EngineSettings(@DefaultValue("1") int threads) {

    private static final Logger log = LoggerFactory.getLogger(EngineSettings.class);

    public EngineSettings {
        if (threads < 1) {
            throw CooperException.badInput(
                    "cooper.engine.threads", "cooper.engine.threads must be at least 1, is " + threads);
        }
    }

    /**
     * Sets the engine up without starting it. There is one in a JVM: who is first decides, and the others are told in
     * the log.
     */
    void apply() {
        String wanted = Integer.toString(threads);
        String decided = System.getProperty(TorchEngine.THREADS_PROPERTY);
        if (decided == null) {
            System.setProperty(TorchEngine.THREADS_PROPERTY, wanted);
        } else if (!decided.equals(wanted)) {
            log.warn("cooper.engine.threads is {}, but this JVM's engine has {}", wanted, decided);
        }
    }
}
