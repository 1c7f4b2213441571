package dev.cooper.perturbation;

import dev.cooper.languagemodel.safetensors.Checksum;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.perturbation.assistant.AbsentAssistant;
import dev.cooper.perturbation.assistant.Assistant;
import dev.cooper.perturbation.assistant.EmbeddedAssistant;
import dev.cooper.perturbation.assistant.EndpointAssistant;
import dev.cooper.perturbation.assistant.EndpointOptions;
import dev.cooper.platform.service.CooperSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Both assistants: a run says which one it wants. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AssistantSettings.class, EngineSettings.class})
class AssistantConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AssistantConfiguration.class);
    private static final String WEIGHTS = "model.safetensors";

    @Bean
    WeightStore weightStore(CooperSettings settings) {
        return new WeightStore(settings.storageRoot(), folder -> Checksum.of(folder.resolve(WEIGHTS)));
    }

    /** The engine itself starts with the first model, since a service that asks an endpoint needs none. */
    @Bean
    Assistant embeddedAssistant(
            WeightStore weights, AssistantSettings settings, EngineSettings engine, MeterRegistry registry) {
        String before = System.getProperty(TorchEngine.THREADS_PROPERTY);
        if (before == null) {
            System.setProperty(TorchEngine.THREADS_PROPERTY, Integer.toString(engine.threads()));
        } else if (!before.equals(Integer.toString(engine.threads()))) {
            log.warn("cooper.engine.threads is {}, but this JVM's engine has {}", engine.threads(), before);
        }
        return new MeasuredAssistant(EmbeddedAssistant.start(weights, settings.shape()), "embedded", registry);
    }

    @Bean
    Assistant endpointAssistant(AssistantSettings settings, Clock clock, MeterRegistry registry) {
        Optional<EndpointOptions> options = settings.endpoint();
        if (options.isEmpty()) {
            return new AbsentAssistant();
        }
        Counter retries = Counter.builder("cooper.assistant.retries")
                .description("requests to the endpoint that were sent again")
                .register(registry);
        log.info("assistant {} at {}", options.get().model(), options.get().url());
        Assistant endpoint = new EndpointAssistant(options.get(), clock, Thread::sleep, retries::increment);
        return new MeasuredAssistant(endpoint, "endpoint", registry);
    }
}
