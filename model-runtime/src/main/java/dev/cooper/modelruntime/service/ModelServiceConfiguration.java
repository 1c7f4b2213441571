package dev.cooper.modelruntime.service;

import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.service.CooperSettings;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every service with a model has; the service imports it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineSettings.class)
public class ModelServiceConfiguration {

    private static final String WEIGHTS = "model.safetensors";

    @Bean
    WeightStore weightStore(CooperSettings settings) {
        return new WeightStore(settings.storageRoot(), folder -> Checksum.of(folder.resolve(WEIGHTS)));
    }

    @Bean
    GpuGauges gpuGauges(EngineSettings settings) {
        return new GpuGauges(settings.device(), GpuFigures.LIBRARY);
    }

    @Bean
    InitializingBean engineSetUp(EngineSettings settings) {
        return settings::apply;
    }
}
