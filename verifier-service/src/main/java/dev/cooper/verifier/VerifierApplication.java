package dev.cooper.verifier;

import dev.cooper.platform.service.CooperService;
import org.springframework.boot.SpringApplication;

/** The verifier: rollouts in, verdicts out. */
@CooperService
public class VerifierApplication {

    public static void main(String[] args) {
        SpringApplication.run(VerifierApplication.class, args);
    }
}
