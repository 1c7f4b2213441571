package dev.cooper.policy;

import dev.cooper.platform.service.CooperService;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The policy service: role {@code sampler}, role {@code trainer}, or both. */
@CooperService
public class PolicyApplication {

    /** Starts the service by itself. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(PolicyApplication.class)
                .properties("spring.config.name=policy-service")
                .run(args);
    }
}
