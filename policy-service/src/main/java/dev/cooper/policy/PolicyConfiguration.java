package dev.cooper.policy;

import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.service.CooperSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What both roles use. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SamplingSettings.class, EngineSettings.class})
class PolicyConfiguration {

    private static final Logger log = LoggerFactory.getLogger(PolicyConfiguration.class);
    private static final String WEIGHTS = "model.safetensors";

    @Bean
    WeightStore weightStore(CooperSettings settings) {
        return new WeightStore(settings.storageRoot(), folder -> Checksum.of(folder.resolve(WEIGHTS)));
    }

    /**
     * Starts the engine with the service, not within the first step. There is one in a JVM: who is first sets it up.
     */
    @Bean
    InitializingBean engineStart(EngineSettings settings) {
        return () -> {
            if (System.getProperty(TorchEngine.THREADS_PROPERTY) == null) {
                System.setProperty(TorchEngine.THREADS_PROPERTY, Integer.toString(settings.threads()));
            }
            log.info("engine: {}", TorchEngine.describe());
            if (TorchEngine.threads() != settings.threads()) {
                log.warn(
                        "cooper.engine.threads is {}, but this JVM's engine was started with {}",
                        settings.threads(),
                        TorchEngine.threads());
            }
        };
    }
}
