package dev.cooper.pretraining.problems;

/** One line of a solution as it is written, right or wrong: {@code left sign right = result}. */
public record Equation(int left, Sign sign, int right, int result) {

    /** Whether the result is what the left-hand side makes. */
    public boolean holds() {
        return sign.apply(left, right) == result;
    }

    @Override
    public String toString() {
        return left + " " + sign.symbol() + " " + right + " = " + result;
    }
}
