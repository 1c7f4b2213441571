package dev.cooper.platform.health;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The watch over a service's threads, as health component {@code workers}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
public class HealthConfiguration {

    @Bean
    Workers watchedWorkers(HealthSettings settings, Clock clock) {
        return new Workers(settings.stuckAfter(), clock);
    }

    @Bean("workers")
    WorkersHealth workersHealth(Workers watchedWorkers) {
        return new WorkersHealth(watchedWorkers);
    }
}
