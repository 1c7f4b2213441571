package dev.cooper.orchestrator;

import dev.cooper.platform.service.CooperService;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Sequences training runs. Settings come from {@code orchestrator-service.yml} and the usual places around it. */
@CooperService(
        autoConfigurations = {
            "org.springframework.boot.flyway",
            "org.springframework.boot.jdbc",
            "org.springframework.boot.transaction",
            "org.springdoc"
        })
@EnableConfigurationProperties({OrchestratorSettings.class, PolicyTrainerSettings.class, RewardTrainerSettings.class})
public class OrchestratorApplication {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(OrchestratorApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "orchestrator-service"));
        application.run(args);
    }
}
