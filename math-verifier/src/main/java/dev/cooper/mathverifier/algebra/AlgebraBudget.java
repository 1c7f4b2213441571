package dev.cooper.mathverifier.algebra;

/**
 * Counted limits of one comparison: the same input meets the same limit on every machine.
 *
 * @param steps elementary operations, those on long numbers counted by their length
 * @param depth nesting of a tree
 * @param bits of the numerator or the denominator of an exact number
 * @param terms of a finite sum or product that is evaluated
 */
public record AlgebraBudget(int steps, int depth, int bits, int terms) {
    public AlgebraBudget {
        requirePositive(steps, "steps");
        requirePositive(depth, "depth");
        requirePositive(bits, "bits");
        requirePositive(terms, "terms");
    }

    /** 20,000 steps, depth 200, 24,000 bits (7,200 digits), 1,000 terms. */
    public static AlgebraBudget defaults() {
        return new AlgebraBudget(20_000, 200, 24_000, 1_000);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }
}
