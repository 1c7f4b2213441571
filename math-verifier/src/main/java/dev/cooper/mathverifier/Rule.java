package dev.cooper.mathverifier;

/** The rule by which an answer was found equal to the reference. Names travel in messages: they are not changed. */
public enum Rule {
    /**
     * The two texts are the same once spacing, text wrappers, size commands and notation that means nothing are gone.
     */
    SAME_TEXT,
    /** The same exact value: numbers, or expressions that agree wherever both are real. */
    SAME_VALUE,
    /** Equal only because a percentage may be written as {@code 50%}, {@code 50} or {@code 0.5}. */
    SAME_VALUE_AS_PERCENT,
    /** The answer rounds to the decimal that the reference states. */
    ROUNDS_TO_REFERENCE,
    /** A decimal of six significant digits or more that the exact reference rounds (or is cut off) to. */
    DECIMAL_OF_REFERENCE,
    /** The same quantity in other units: {@code 5 m} and {@code 500 cm}. */
    SAME_QUANTITY,
    /** The same angle, one in degrees, the other in radians or without a sign. */
    SAME_ANGLE,
    /** The same proportion: {@code 14:64}, {@code 7:32} and {@code 7/32}. */
    SAME_RATIO,
    /** The same words or choice, whatever their case, or words that mean the same outcome. */
    SAME_WORDS,
    /** Ordered tuples, vectors or intervals, equal element by element. */
    SAME_TUPLE,
    /** Lists or sets with equal elements in any order. */
    SAME_LIST,
    /** The reference is a list and the completion gave each element a box of its own. */
    BOXES_TOGETHER,
    /** The same real numbers, as intervals, inequalities, set-builders or unions of these. */
    SAME_SET,
    /** Matrices of one shape with equal entries. */
    SAME_MATRIX,
    /** The same values for the same names. */
    SAME_ASSIGNMENTS,
    /** Equations that differ by a constant factor, by sides swapped or terms moved. */
    SAME_EQUATION,
    /** Inequalities that differ by a constant factor of the right sign, by sides swapped or terms moved. */
    SAME_INEQUALITY,
    /** Another relation between equal sides: {@code a \mid b}, {@code x \equiv 1 \pmod 4}. */
    SAME_STATEMENT,
    /** The same function, whatever its variable is called. */
    SAME_FUNCTION,
    /** The same values and conditions of a function defined by cases. */
    SAME_CASES,
    /** The same numbers for all integers: {@code k\pi} and {@code n\pi}. */
    SAME_FAMILY,
    /** Antiderivatives that differ by a constant, both with their constant of integration. */
    SAME_UP_TO_CONSTANT,
    /** Equal only by the conventions of the profile {@code math-verify}; see {@link MathVerifyRules}. */
    MATH_VERIFY
}
