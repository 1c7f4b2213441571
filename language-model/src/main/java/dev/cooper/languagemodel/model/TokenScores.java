package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.Arrays;
import java.util.List;

/** Log-probabilities of a batch's targets and the entropies of their distributions in nats, in the batch's order. */
public final class TokenScores {
    private final float[] logProbs;
    private final float[] entropies;

    private TokenScores(float[] logProbs, float[] entropies) {
        this.logProbs = logProbs;
        this.entropies = entropies;
    }

    /** Reads scores back, at once. */
    static TokenScores read(Torch.Scored scored) {
        NDManager scope = scored.logProbs().getManager();
        float[] both = Transfers.floats(Torch.join(scope, List.of(scored.logProbs(), scored.entropies())));
        int half = both.length / 2;
        return new TokenScores(Arrays.copyOf(both, half), Arrays.copyOfRange(both, half, both.length));
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
