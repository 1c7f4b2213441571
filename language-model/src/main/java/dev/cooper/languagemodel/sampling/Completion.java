package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;

/**
 * A sampled completion.
 *
 * @param tokens the drawn tokens, an end-of-text token included, so that training teaches to stop; at least one
 * @param logProbs of each token under the distribution it was drawn from: after temperature, top-p and top-k; 0 at
 *     temperature 0
 * @param finishReason why it ended
 */
public record Completion(TokenIds tokens, LogProbs logProbs, FinishReason finishReason) {
    public Completion {
        if (tokens.size() == 0 || tokens.size() != logProbs.size()) {
            throw new IllegalArgumentException(
                    "%d tokens with %d log-probabilities".formatted(tokens.size(), logProbs.size()));
        }
    }
}
