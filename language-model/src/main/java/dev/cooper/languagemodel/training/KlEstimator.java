package dev.cooper.languagemodel.training;

/**
 * Estimators of the divergence from a reference policy at a token drawn from the policy, with d = log π_ref − log π
 * (Schulman, "Approximating KL divergence", 2020).
 */
public enum KlEstimator {
    /** −d. */
    K1(1),
    /** d² / 2. */
    K2(2),
    /** e^d − d − 1. */
    K3(3);

    private final int number;

    KlEstimator(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
