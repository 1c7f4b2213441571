package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.Recorded;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a model to continue texts as given: cross-entropy of the scored tokens, mean over all of a step. For one
 * thread.
 */
public final class SupervisedTrainer implements AutoCloseable {
    private final CausalLanguageModel model;
    private final AdamW optimizer;
    private final int tokenBudget;

    /**
     * A trainer of a model's weights.
     *
     * @param tokenBudget most tokens of one forward pass; the result depends on it only by rounding
     */
    public SupervisedTrainer(CausalLanguageModel model, AdamWSettings settings, int tokenBudget) {
        this.model = model;
        this.optimizer = new AdamW(model.weights(), settings);
        this.tokenBudget = tokenBudget;
    }

    /**
     * What a step did.
     *
     * @param loss mean cross-entropy in nats before the update
     * @param tokens scored tokens
     * @param gradientNorm before clipping
     */
    public record Metrics(double loss, long tokens, double gradientNorm) {}

    /** Optimiser state, to be saved and restored. */
    public AdamW optimizer() {
        return optimizer;
    }

    /** One update from these sequences. */
    public Metrics step(List<ScoredSequence> sequences, double learningRate) {
        long tokens = sequences.stream().mapToLong(ScoredSequence::targets).sum();
        if (tokens == 0) {
            throw new IllegalArgumentException("The batch has no token to learn");
        }
        optimizer.discardGradients(); // of a step that failed half-way
        try (PartSums logProbs = new PartSums()) {
            for (List<Integer> places : MicroBatches.split(ScoredSequence.lengths(sequences), tokenBudget)) {
                accumulate(places.stream().map(sequences::get).toList(), tokens, logProbs);
            }
            double norm = optimizer.step(learningRate);
            return new Metrics(-logProbs.total()[0] / tokens, tokens, norm);
        }
    }

    private void accumulate(List<ScoredSequence> batch, long tokens, PartSums logProbs) {
        try (GradientMode _ = GradientMode.recording();
                NDManager scope = TorchEngine.newManager()) {
            TokenBatch tokenBatch = TokenBatch.scoring(batch);
            Recorded<Torch.Scored> recorded = model.record(scope, tokenBatch, 1, false);
            float[] weights = new float[tokenBatch.targetCount()];
            Arrays.fill(weights, -1f / tokens);
            logProbs.add(Torch.total(recorded.values().logProbs()));
            recorded.backward(Transfers.send(scope, weights));
        }
    }

    @Override
    public void close() {
        optimizer.close();
    }
}
