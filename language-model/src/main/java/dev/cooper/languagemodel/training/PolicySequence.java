package dev.cooper.languagemodel.training;

import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;

/** A sampled completion with its advantage. */
public record PolicySequence(TokenIds prompt, TokenIds completion, LogProbs samplerLogProbs, double advantage) {
    public PolicySequence {
        if (prompt.size() == 0 || completion.size() == 0) {
            throw new IllegalArgumentException("Prompt and completion need at least one token each");
        }
        if (completion.size() != samplerLogProbs.size()) {
            throw new IllegalArgumentException("%d completion tokens with %d log-probabilities"
                    .formatted(completion.size(), samplerLogProbs.size()));
        }
        if (!Double.isFinite(advantage)) {
            throw new IllegalArgumentException("The advantage is " + advantage + "; it must be finite");
        }
    }

    ScoredSequence scored() {
        return ScoredSequence.of(prompt, completion);
    }

    TokenValues samplerValues() {
        return TokenValues.of(samplerLogProbs.size(), samplerLogProbs::get);
    }
}
