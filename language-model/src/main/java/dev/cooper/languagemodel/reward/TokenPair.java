package dev.cooper.languagemodel.reward;

import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.List;

/**
 * What a reward model reads of a pair.
 *
 * @param positive the text with the right completion
 * @param negative the text with the wrong one; another text
 */
public record TokenPair(TokenIds positive, TokenIds negative) {
    public TokenPair {
        if (positive.size() == 0 || negative.size() == 0) {
            throw new IllegalArgumentException("A side of the pair has no tokens");
        }
        if (positive.equals(negative)) {
            throw new IllegalArgumentException("The sides of the pair are equal; nothing can be learned from it");
        }
    }

    /** Tokens of both sides. */
    public int tokens() {
        return positive.size() + negative.size();
    }

    List<TokenIds> sides() {
        return List.of(positive, negative);
    }
}
