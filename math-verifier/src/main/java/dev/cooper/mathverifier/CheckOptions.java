package dev.cooper.mathverifier;

import java.util.Objects;

/**
 * How answers are found and compared.
 *
 * @param percent what {@code 50%} equals
 * @param unmarkedAnswers whether a completion without box, {@code ####} or answer phrase may answer by its last formula
 *     or number
 * @param roundToReference whether an answer that rounds to the decimal of the reference is correct (0.33 and 1/3)
 * @param budget the limits of one comparison
 */
public record CheckOptions(PercentRule percent, boolean unmarkedAnswers, boolean roundToReference, Budget budget) {
    public CheckOptions {
        Objects.requireNonNull(percent, "percent");
        Objects.requireNonNull(budget, "budget");
    }

    /** Either reading of a percentage, unmarked answers allowed, exact values. */
    public static CheckOptions defaults() {
        return new CheckOptions(PercentRule.EITHER, true, false, Budget.defaults());
    }

    public CheckOptions withPercent(PercentRule rule) {
        return new CheckOptions(rule, unmarkedAnswers, roundToReference, budget);
    }

    public CheckOptions withUnmarkedAnswers(boolean allowed) {
        return new CheckOptions(percent, allowed, roundToReference, budget);
    }

    public CheckOptions withRoundToReference(boolean round) {
        return new CheckOptions(percent, unmarkedAnswers, round, budget);
    }

    public CheckOptions withBudget(Budget limits) {
        return new CheckOptions(percent, unmarkedAnswers, roundToReference, limits);
    }

    /**
     * Counted limits: the work of a comparison depends on the texts alone, never on a clock.
     *
     * @param answerLength characters of one answer
     * @param digits decimal digits of one number, and the largest power of ten
     * @param depth nesting of braces and brackets
     * @param boxes different boxes of one completion
     * @param elements elements of one list or tuple
     */
    public record Budget(int answerLength, int digits, int depth, int boxes, int elements) {
        public Budget {
            requirePositive(answerLength, "answerLength");
            requirePositive(digits, "digits");
            requirePositive(depth, "depth");
            requirePositive(boxes, "boxes");
            requirePositive(elements, "elements");
        }

        /** 2048 characters, 512 digits, depth 32, 32 boxes, 64 elements. */
        public static Budget defaults() {
            return new Budget(2048, 512, 32, 32, 64);
        }

        private static void requirePositive(int value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException("budget." + name + " must be at least 1, but is " + value);
            }
        }
    }
}
