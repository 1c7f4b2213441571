package dev.cooper.languagemodel.model;

import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.Transfers;

/** Log-probabilities of a batch's targets, in the batch's order. */
public final class TokenScores {
    private final float[] logProbs;

    private TokenScores(float[] logProbs) {
        this.logProbs = logProbs;
    }

    /** Reads scores back, at once. */
    static TokenScores read(Torch.Scored scored) {
        return new TokenScores(Transfers.floats(scored.logProbs()));
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
        double sum = 0;
        for (float value : logProbs) {
            sum += value;
        }
        return sum;
    }
}
