package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.ModelKind;

/** The names of those whom a step waits for. */
final class Services {

    static final String SAMPLING = "policy-service";
    static final String VERIFYING = "verifier-service";
    static final String SCORING = "reward-service";
    static final String PAIRING = "perturbation-service";
    static final String POLICY_TRAINER = "policy trainer";
    static final String REWARD_TRAINER = "reward trainer";
    static final String LOG = "log";

    private Services() {}

    static String trainer(ModelKind kind) {
        return kind == ModelKind.REWARD ? REWARD_TRAINER : POLICY_TRAINER;
    }
}
