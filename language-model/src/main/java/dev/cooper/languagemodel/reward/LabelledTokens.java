package dev.cooper.languagemodel.reward;

import dev.cooper.languagemodel.tokens.TokenIds;

/**
 * What a reward model reads of a completion that was judged.
 *
 * @param tokens the text, at least one token
 * @param label probability that the completion is correct: 1, 0, or between
 */
public record LabelledTokens(TokenIds tokens, double label) {
    public LabelledTokens {
        if (tokens.size() == 0) {
            throw new IllegalArgumentException("The example has no tokens");
        }
        if (!(label >= 0 && label <= 1)) {
            throw new IllegalArgumentException("A label must be between 0 and 1, not " + label);
        }
    }
}
