package dev.cooper.pretraining.problems;

/** The two operations of the word problems. */
public enum Sign {
    PLUS("+"),
    MINUS("-");

    private final String symbol;

    Sign(String symbol) {
        this.symbol = symbol;
    }

    /** How the sign is written in an equation. */
    public String symbol() {
        return symbol;
    }

    /** The result of {@code left} sign {@code right}. */
    public int apply(int left, int right) {
        return switch (this) {
            case PLUS -> left + right;
            case MINUS -> left - right;
        };
    }

    Sign opposite() {
        return switch (this) {
            case PLUS -> MINUS;
            case MINUS -> PLUS;
        };
    }
}
