package dev.cooper.policy;

import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.modelruntime.service.ModelServiceConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;

/** What both roles use. */
@Configuration(proxyBeanMethods = false)
@Import(ModelServiceConfiguration.class)
@EnableConfigurationProperties(SamplingSettings.class)
class PolicyConfiguration {

    private static final Logger log = LoggerFactory.getLogger(PolicyConfiguration.class);

    /** Starts the engine with the service, not within the first step. */
    @Bean
    @DependsOn("engineSetUp")
    InitializingBean engineStart() {
        return () -> log.info("engine: {}", TorchEngine.describe());
    }
}
