package dev.cooper.perturbation;

import dev.cooper.platform.service.CooperService;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The perturbation service: scored groups in, pairs for the reward model out. */
@CooperService
public class PerturbationApplication {

    /** Starts the service by itself. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(PerturbationApplication.class)
                .properties("spring.config.name=perturbation-service")
                .run(args);
    }
}
