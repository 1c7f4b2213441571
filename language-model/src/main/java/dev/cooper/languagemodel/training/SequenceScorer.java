package dev.cooper.languagemodel.training;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.model.TokenScores;
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

    /** Log-probabilities of each sequence's scored tokens, in the order given. */
    public List<TokenValues> score(List<ScoredSequence> sequences) {
        List<TokenValues> result = new ArrayList<>(Collections.nCopies(sequences.size(), TokenValues.of()));
        for (List<Integer> places : MicroBatches.split(ScoredSequence.lengths(sequences), tokenBudget)) {
            List<ScoredSequence> batch = places.stream().map(sequences::get).toList();
            List<TokenValues> values = bySequence(model.score(TokenBatch.scoring(batch), temperature), batch);
            for (int i = 0; i < values.size(); i++) {
                result.set(places.get(i), values.get(i));
            }
        }
        return List.copyOf(result);
    }

    /** Cuts the log-probabilities of a batch's targets into one list a sequence. */
    static List<TokenValues> bySequence(TokenScores scores, List<ScoredSequence> sequences) {
        List<TokenValues> result = new ArrayList<>();
        int from = 0;
        for (ScoredSequence sequence : sequences) {
            int start = from;
            result.add(TokenValues.of(sequence.targets(), i -> scores.logProb(start + i)));
            from += sequence.targets();
        }
        return result;
    }
}
