package dev.cooper.perturbation;

import dev.cooper.modelruntime.endpoint.EndpointOptions;
import dev.cooper.modelruntime.service.ModelServiceConfiguration;
import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.perturbation.assistant.AbsentAssistant;
import dev.cooper.perturbation.assistant.Assistant;
import dev.cooper.perturbation.assistant.EmbeddedAssistant;
import dev.cooper.perturbation.assistant.EndpointAssistant;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Both assistants: a run says which one it wants. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AssistantSettings.class)
@Import(ModelServiceConfiguration.class)
class AssistantConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AssistantConfiguration.class);

    /** The engine itself starts with the first model, since a service that asks an endpoint needs none. */
    @Bean
    Assistant embeddedAssistant(WeightStore weights, AssistantSettings settings, MeterRegistry registry) {
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
