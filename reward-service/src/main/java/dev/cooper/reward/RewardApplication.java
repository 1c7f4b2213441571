package dev.cooper.reward;

import dev.cooper.platform.service.CooperService;
import org.springframework.boot.SpringApplication;

/** The reward service: verified groups in, scored groups out. */
@CooperService
public class RewardApplication {

    public static void main(String[] args) {
        SpringApplication.run(RewardApplication.class, args);
    }
}
