package dev.cooper.languagemodel.config;

import dev.cooper.languagemodel.tokens.TokenIds;

/**
 * Tokens with a role.
 *
 * @param endOfText ids that end a completion, at least one; the first is the one that training data ends with
 * @param padding id that fills rows; never read by the model
 */
public record SpecialTokens(TokenIds endOfText, int padding) {
    public SpecialTokens {
        if (endOfText.size() == 0) {
            throw new IllegalArgumentException("A model needs at least one end-of-text token (eos_token_id)");
        }
        if (padding < 0) {
            throw new IllegalArgumentException("pad_token_id must not be negative, not " + padding);
        }
    }

    /** Whether an id ends a completion. */
    public boolean ends(int id) {
        for (int i = 0; i < endOfText.size(); i++) {
            if (endOfText.get(i) == id) {
                return true;
            }
        }
        return false;
    }
}
