package dev.cooper.languagemodel.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Log-probabilities of given completions, without gradient. */
public final class SequenceScorer {
    private final CausalLanguageModel model;
    private final double temperature;
    private final int tokenBudget;

    /**
     * A scorer.
     *
     * @param temperature divides the logits
     * @param tokenBudget most tokens that are computed at once
     */
    public SequenceScorer(CausalLanguageModel model, double temperature, int tokenBudget) {
        this.model = model;
        this.temperature = temperature;
        this.tokenBudget = tokenBudget;
    }

    /** Log-probabilities of each sequence's scored tokens, in the order given: all are read back at once. */
    public List<TokenValues> score(List<ScoredSequence> sequences) {
        if (sequences.isEmpty()) {
            return List.of();
        }
        List<List<Integer>> batches = MicroBatches.split(ScoredSequence.lengths(sequences), tokenBudget);
        float[] logProbs = logProbs(sequences, batches);
        List<TokenValues> result = new ArrayList<>(Collections.nCopies(sequences.size(), TokenValues.of()));
        int from = 0;
        for (int place : batches.stream().flatMap(List::stream).toList()) {
            int start = from;
            int targets = sequences.get(place).targets();
            result.set(place, TokenValues.of(targets, i -> logProbs[start + i]));
            from += targets;
        }
        return List.copyOf(result);
    }

    /** In the batches' order. */
    private float[] logProbs(List<ScoredSequence> sequences, List<List<Integer>> batches) {
        try (NDManager scope = TorchEngine.newManager()) {
            List<NDArray> parts = new ArrayList<>();
            for (List<Integer> places : batches) {
                TokenBatch batch =
                        TokenBatch.scoring(places.stream().map(sequences::get).toList());
                parts.add(model.score(scope, batch, temperature).logProbs());
            }
            return Transfers.floats(Torch.join(scope, parts));
        }
    }
}
