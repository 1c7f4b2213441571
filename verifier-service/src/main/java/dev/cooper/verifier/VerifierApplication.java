package dev.cooper.verifier;

import dev.cooper.platform.service.CooperService;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The verifier: rollouts in, verdicts out. */
@CooperService
public class VerifierApplication {

    /** Starts the service by itself. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(VerifierApplication.class)
                .properties("spring.config.name=verifier-service")
                .run(args);
    }
}
