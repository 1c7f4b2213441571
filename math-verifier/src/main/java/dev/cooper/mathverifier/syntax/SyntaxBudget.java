package dev.cooper.mathverifier.syntax;

/**
 * Counted limits of one answer's text.
 *
 * @param length characters
 * @param depth nesting of brackets, braces and operators
 * @param nodes nodes of the tree
 * @param digits decimal digits of one number, and the largest power of ten in scientific notation
 */
public record SyntaxBudget(int length, int depth, int nodes, int digits) {
    public SyntaxBudget {
        requirePositive(length, "length");
        requirePositive(depth, "depth");
        requirePositive(nodes, "nodes");
        requirePositive(digits, "digits");
    }

    /** 4096 characters, depth 64, 2000 nodes, 1000 digits. */
    public static SyntaxBudget defaults() {
        return new SyntaxBudget(4096, 64, 2000, 1000);
    }

    private static void requirePositive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, but is " + value);
        }
    }
}
