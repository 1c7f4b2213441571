package dev.cooper.languagemodel.tokens;

import java.util.Arrays;

/** Token ids of one text, immutable; every id is at least 0. */
public final class TokenIds {
    private final int[] ids;

    private TokenIds(int[] ids) {
        this.ids = ids;
    }

    /** Copies ids; an id below 0 is an {@link IllegalArgumentException}. */
    public static TokenIds of(int... ids) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] < 0) {
                throw new IllegalArgumentException("Token %d is %d; ids are not negative".formatted(i, ids[i]));
            }
        }
        return new TokenIds(ids.clone());
    }

    /** Number of tokens. */
    public int size() {
        return ids.length;
    }

    /** The id at a place. */
    public int get(int index) {
        return ids[index];
    }

    /** A copy as an array. */
    public int[] toArray() {
        return ids.clone();
    }

    /** This text with another behind it. */
    public TokenIds followedBy(TokenIds next) {
        int[] joined = Arrays.copyOf(ids, ids.length + next.ids.length);
        System.arraycopy(next.ids, 0, joined, ids.length, next.ids.length);
        return new TokenIds(joined);
    }

    /** The tokens from (inclusive) to (exclusive). */
    public TokenIds slice(int from, int to) {
        return new TokenIds(Arrays.copyOfRange(ids, from, to));
    }

    /** The greatest id, or -1 for no tokens. */
    public int max() {
        return Arrays.stream(ids).max().orElse(-1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
