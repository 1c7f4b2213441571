package dev.cooper.languagemodel.reward;

/** The logistic function without overflow, equal on every machine. */
public final class Logistic {
    private Logistic() {}

    /** {@code 1 / (1 + e^-x)}: the score of a logit. */
    public static double sigmoid(double x) {
        double e = StrictMath.exp(-Math.abs(x));
        return x >= 0 ? 1 / (1 + e) : e / (1 + e);
    }
}
