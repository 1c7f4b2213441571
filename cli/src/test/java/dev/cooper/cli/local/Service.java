package dev.cooper.cli.local;

import dev.cooper.orchestrator.OrchestratorApplication;
import dev.cooper.perturbation.PerturbationApplication;
import dev.cooper.policy.PolicyApplication;
import dev.cooper.reward.RewardApplication;
import dev.cooper.verifier.VerifierApplication;

/** The services that an installation is made of, as processes that are started one by one. */
enum Service {
    VERIFIER("verifier-service", VerifierApplication.class),
    POLICY("policy-service", PolicyApplication.class),
    REWARD("reward-service", RewardApplication.class),
    PERTURBATION("perturbation-service", PerturbationApplication.class),
    ORCHESTRATOR("orchestrator-service", OrchestratorApplication.class);

    private final String title;
    private final Class<?> main;

    Service(String title, Class<?> main) {
        this.title = title;
        this.main = main;
    }

    /** Its name, which its settings file has too. */
    String title() {
        return title;
    }

    Class<?> main() {
        return main;
    }
}
