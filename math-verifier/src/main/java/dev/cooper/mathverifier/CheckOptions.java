package dev.cooper.mathverifier;

import java.util.Objects;
import java.util.Optional;

/**
 * How answers are found and compared.
 *
 * @param percent what {@code 50%} equals
 * @param unmarkedAnswers whether a completion without box, {@code ####} or answer phrase may answer by its last formula
 *     or number
 * @param roundToReference whether any answer that rounds to the decimal of the reference is correct (0.33 and 0.334);
 *     otherwise only one that is no terminating decimal, or a longer decimal for a reference of three significant
 *     digits or more
 * @param mathVerifyRules the conventions of Math-Verify, if they hold instead of ours
 * @param budget the limits of one comparison
 */
public record CheckOptions(
        PercentRule percent,
        boolean unmarkedAnswers,
        boolean roundToReference,
        Optional<MathVerifyRules> mathVerifyRules,
        Budget budget) {
    public CheckOptions {
        Objects.requireNonNull(percent, "percent");
        Objects.requireNonNull(mathVerifyRules, "mathVerifyRules");
        Objects.requireNonNull(budget, "budget");
    }

    /** Those for rewards: either reading of a percentage, unmarked answers allowed, exact values. */
    public static CheckOptions defaults() {
        return new CheckOptions(PercentRule.EITHER, true, false, Optional.empty(), Budget.defaults());
    }

    /** The profile {@code math-verify}: verdicts as Math-Verify 0.8 gives them, as far as its conventions go. */
    public static CheckOptions mathVerify() {
        return defaults().withMathVerifyRules(Optional.of(MathVerifyRules.defaults()));
    }

    public CheckOptions withPercent(PercentRule rule) {
        return new CheckOptions(rule, unmarkedAnswers, roundToReference, mathVerifyRules, budget);
    }

    public CheckOptions withUnmarkedAnswers(boolean allowed) {
        return new CheckOptions(percent, allowed, roundToReference, mathVerifyRules, budget);
    }

    public CheckOptions withRoundToReference(boolean round) {
        return new CheckOptions(percent, unmarkedAnswers, round, mathVerifyRules, budget);
    }

    public CheckOptions withMathVerifyRules(Optional<MathVerifyRules> rules) {
        return new CheckOptions(percent, unmarkedAnswers, roundToReference, rules, budget);
    }

    public CheckOptions withBudget(Budget limits) {
        return new CheckOptions(percent, unmarkedAnswers, roundToReference, mathVerifyRules, limits);
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
