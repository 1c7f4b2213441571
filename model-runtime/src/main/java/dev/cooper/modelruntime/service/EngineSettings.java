package dev.cooper.modelruntime.service;

import dev.cooper.languagemodel.torch.TorchDevice;
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
 * @param device where tensors are computed: cpu, cuda, cuda:N or auto
 */
@ConfigurationProperties(prefix = "cooper.engine", ignoreUnknownFields = false)
public record EngineSettings(
        @DefaultValue("1") int threads, @DefaultValue("cpu") String device) {

    private static final Logger log = LoggerFactory.getLogger(EngineSettings.class);

    public EngineSettings {
        if (threads < 1) {
            throw CooperException.badInput(
                    "cooper.engine.threads", "cooper.engine.threads must be at least 1, is " + threads);
        }
        if (!TorchDevice.isSetting(device)) {
            throw CooperException.badInput(
                    "cooper.engine.device",
                    "cooper.engine.device must be %s, is '%s'".formatted(TorchDevice.SETTINGS, device));
        }
    }

    /**
     * Sets the engine up without starting it. There is one in a JVM: who is first decides, and the others are told in
     * the log.
     */
    void apply() {
        apply("cooper.engine.threads", TorchEngine.THREADS_PROPERTY, Integer.toString(threads));
        apply("cooper.engine.device", TorchEngine.DEVICE_PROPERTY, device);
    }

    private static void apply(String setting, String property, String wanted) {
        String decided = System.getProperty(property);
        if (decided == null) {
            System.setProperty(property, wanted);
        } else if (!decided.equals(wanted)) {
            log.warn("{} is {}, but this JVM's engine has {}", setting, wanted, decided);
        }
    }
}
