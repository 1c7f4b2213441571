package dev.cooper.languagemodel.training;

/**
 * Estimators of the divergence from a reference policy at a token drawn from the policy, with d = log π_ref − log π
 * (Schulman, "Approximating KL divergence", 2020).
 */
public enum KlEstimator {
    /** −d. */
    K1 {
        @Override
        double value(double d) {
            return -d;
        }

        @Override
        double derivative(double d) {
            return 1;
        }
    },
    /** d² / 2. */
    K2 {
        @Override
        double value(double d) {
            return d * d / 2;
        }

        @Override
        double derivative(double d) {
            return -d;
        }
    },
    /** e^d − d − 1. */
    K3 {
        @Override
        double value(double d) {
            return Math.expm1(d) - d;
        }

        @Override
        double derivative(double d) {
            return -Math.expm1(d);
        }
    };

    abstract double value(double d);

    /** By log π, of which d holds the negative. */
    abstract double derivative(double d);
}
