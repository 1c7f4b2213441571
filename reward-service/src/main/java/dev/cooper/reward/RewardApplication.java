package dev.cooper.reward;

import dev.cooper.platform.service.CooperService;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The reward service: roles {@code scorer}, {@code trainer} and {@code jobs}, or some of them. */
@CooperService
public class RewardApplication {

    /** Starts the service by itself. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(RewardApplication.class)
                .properties("spring.config.name=reward-service")
                .run(args);
    }
}
