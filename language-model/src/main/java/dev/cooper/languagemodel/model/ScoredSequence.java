package dev.cooper.languagemodel.model;

import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.List;

/**
 * A sequence of which the tokens from a place on are scored: a prompt and its completion.
 *
 * @param tokens prompt and completion
 * @param from place of the first scored token; at least 1, since the first token follows nothing
 */
public record ScoredSequence(TokenIds tokens, int from) {
    public ScoredSequence {
        if ((from < 1 && tokens.size() > 0) || from > tokens.size()) {
            throw new IllegalArgumentException("Scoring from token %d of %d; it must be between 1 and their number"
                    .formatted(from, tokens.size()));
        }
    }

    /** A completion behind its prompt. */
    public static ScoredSequence of(TokenIds prompt, TokenIds completion) {
        return new ScoredSequence(prompt.followedBy(completion), prompt.size());
    }

    /** Number of tokens of each sequence. */
    public static List<Integer> lengths(List<ScoredSequence> sequences) {
        return sequences.stream().map(s -> s.tokens().size()).toList();
    }

    /** Number of scored tokens. */
    public int targets() {
        return tokens.size() - from;
    }
}
