package dev.cooper.mathverifier;

/** Why a comparison could not be settled. */
public enum UndecidedReason {
    /** One side is an expression that is not read as a value, and the texts differ. */
    UNREAD_EXPRESSION,
    /** One side is a number with more digits, or a larger exponent, than the budget allows. */
    BUDGET_EXCEEDED,
    /** Equal numbers with two known units that differ, such as {@code 5 cm} and {@code 5 m}. */
    DIFFERENT_UNITS,
    /** Equal values that belong to different labels, such as {@code x = 5} and {@code y = 5}. */
    DIFFERENT_LABELS,
    /** The same elements in another notation, such as {@code (1, 2)} and {@code 1, 2}. */
    DIFFERENT_NOTATION
}
