package dev.cooper.languagemodel.model;

import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences as rows of equal width, filled on the right, and the tokens to be scored. Attention is causal, so no token
 * sees the filling behind it, and no mask is needed.
 */
public final class TokenBatch {
    private static final int FILLING = 0;

    private final int rows;
    private final int width;
    private final long[] ids;
    private final int[] lengths;
    private final long[] sources;
    private final long[] targets;

    private TokenBatch(List<ScoredSequence> sequences, int trimmed) {
        rows = sequences.size();
        lengths = sequences.stream().mapToInt(s -> s.tokens().size() - trimmed).toArray();
        int longest = 0;
        int targetCount = 0;
        for (int row = 0; row < rows; row++) {
            longest = Math.max(longest, lengths[row]);
            targetCount += sequences.get(row).targets();
        }
        width = longest;
        ids = new long[rows * width];
        sources = new long[targetCount];
        targets = new long[targetCount];
        int target = 0;
        for (int row = 0; row < rows; row++) {
            TokenIds tokens = sequences.get(row).tokens();
            for (int i = 0; i < width; i++) {
                ids[row * width + i] = i < lengths[row] ? tokens.get(i) : FILLING;
            }
            for (int i = sequences.get(row).from(); i < tokens.size(); i++) {
                sources[target] = (long) row * width + i - 1;
                targets[target++] = tokens.get(i);
            }
        }
    }

    /**
     * A batch whose scored tokens are each sequence's tokens from its first target on. The last token is never an
     * input.
     */
    public static TokenBatch scoring(List<ScoredSequence> sequences) {
        return new TokenBatch(sequences, 1);
    }

    /** A batch of which nothing is scored. */
    public static TokenBatch reading(List<TokenIds> sequences) {
        return new TokenBatch(
                sequences.stream().map(s -> new ScoredSequence(s, s.size())).toList(), 0);
    }

    /** Number of sequences. */
    public int rows() {
        return rows;
    }

    /** Tokens of the longest row. */
    public int width() {
        return width;
    }

    /** Number of scored tokens. */
    public int targetCount() {
        return targets.length;
    }

    int length(int row) {
        return lengths[row];
    }

    long[] ids() {
        return ids;
    }

    /** Flat places, row · width + time, of each row's last token. */
    long[] ends() {
        long[] ends = new long[rows];
        Arrays.setAll(ends, row -> (long) row * width + lengths[row] - 1);
        return ends;
    }

    /** For each scored token the flat place, row · width + time, of the token before it. */
    long[] sources() {
        return sources;
    }

    long[] targets() {
        return targets;
    }
}
