package dev.cooper.languagemodel.training;

import java.util.Optional;

/**
 * What the loss of one completion is computed from besides log π of the policy in training; all lists have one value a
 * token.
 *
 * @param oldLogProbs log π of the policy before the update; none if that is the one in training
 * @param samplerLogProbs as the sampler reported them
 * @param referenceLogProbs log π_ref, needed if there is a divergence term
 * @param advantage of the completion
 */
public record GrpoTerms(
        Optional<TokenValues> oldLogProbs,
        TokenValues samplerLogProbs,
        Optional<TokenValues> referenceLogProbs,
        double advantage) {
    public GrpoTerms {
        int size = samplerLogProbs.size();
        if (size == 0) {
            throw new IllegalArgumentException("A completion needs at least one token");
        }
        if (oldLogProbs.map(TokenValues::size).orElse(size) != size
                || referenceLogProbs.map(TokenValues::size).orElse(size) != size) {
            throw new IllegalArgumentException("Log-probabilities of different lengths for one completion");
        }
        if (!Double.isFinite(advantage)) {
            throw new IllegalArgumentException("The advantage is " + advantage + "; it must be finite");
        }
    }

    /** Number of tokens. */
    public int size() {
        return samplerLogProbs.size();
    }
}
