package dev.cooper.languagemodel.model;

/** Log-probabilities of a batch's targets and the entropies of their distributions in nats, in the batch's order. */
public final class TokenScores {
    private final float[] logProbs;
    private final float[] entropies;

    /** The arrays are taken over. */
    TokenScores(float[] logProbs, float[] entropies) {
        this.logProbs = logProbs;
        this.entropies = entropies;
    }

    /** Number of targets. */
    public int size() {
        return logProbs.length;
    }

    /** Log-probability of a target. */
    public float logProb(int target) {
        return logProbs[target];
    }

    /** Sum of the log-probabilities. */
    public double logProbSum() {
        return sum(logProbs);
    }

    /** Sum of the entropies. */
    public double entropySum() {
        return sum(entropies);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
