package dev.cooper.languagemodel.model;

import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.ArrayList;
import java.util.List;

/**
 * Sequences one behind the other, without filling, and the tokens to be scored. All layers but attention treat the
 * tokens as one list; attention keeps the sequences apart.
 */
public final class TokenBatch {
    private final int[] lengths;
    private final int[] starts;
    private final long[] ids;
    private final long[] positions;
    private final long[] sources;
    private final long[] targets;
    private final List<Run> runs;

    /** Sequences of equal length that follow each other: attention computes them at once. */
    record Run(int count, int length) {}

    private TokenBatch(List<ScoredSequence> sequences, int trimmed) {
        lengths = sequences.stream().mapToInt(s -> s.tokens().size() - trimmed).toArray();
        starts = new int[lengths.length];
        int total = 0;
        for (int i = 0; i < lengths.length; i++) {
            starts[i] = total;
            total += lengths[i];
        }
        int targetCount = sequences.stream().mapToInt(ScoredSequence::targets).sum();
        ids = new long[total];
        positions = new long[total];
        sources = new long[targetCount];
        targets = new long[targetCount];
        int target = 0;
        for (int row = 0; row < lengths.length; row++) {
            TokenIds tokens = sequences.get(row).tokens();
            for (int i = 0; i < lengths[row]; i++) {
                ids[starts[row] + i] = tokens.get(i);
                positions[starts[row] + i] = i;
            }
            for (int i = sequences.get(row).from(); i < tokens.size(); i++) {
                sources[target] = (long) starts[row] + i - 1;
                targets[target++] = tokens.get(i);
            }
        }
        runs = runs(lengths);
    }

    private static List<Run> runs(int[] lengths) {
        List<Run> runs = new ArrayList<>();
        for (int length : lengths) {
            if (length == 0) {
                continue;
            }
            boolean goesOn = !runs.isEmpty() && runs.getLast().length() == length;
            Run run = goesOn ? new Run(runs.removeLast().count() + 1, length) : new Run(1, length);
            runs.add(run);
        }
        return List.copyOf(runs);
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

    /** Tokens that are read. */
    public int tokens() {
        return ids.length;
    }

    /** Number of scored tokens. */
    public int targetCount() {
        return targets.length;
    }

    /** Tokens of the longest sequence. */
    int longest() {
        return runs.stream().mapToInt(Run::length).max().orElse(0);
    }

    int length(int sequence) {
        return lengths[sequence];
    }

    /** Place of a sequence's first token. */
    int start(int sequence) {
        return starts[sequence];
    }

    List<Run> runs() {
        return runs;
    }

    long[] ids() {
        return ids;
    }

    /** Each token's place in its sequence. */
    long[] positions() {
        return positions;
    }

    /** Places of each sequence's last token. */
    long[] ends() {
        long[] ends = new long[lengths.length];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = (long) starts[i] + lengths[i] - 1;
        }
        return ends;
    }

    /** For each scored token the place of the token before it. */
    long[] sources() {
        return sources;
    }

    long[] targets() {
        return targets;
    }
}
