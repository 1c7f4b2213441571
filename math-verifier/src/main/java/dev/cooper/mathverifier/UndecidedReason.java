package dev.cooper.mathverifier;

/** Why a comparison could not be settled. Names travel in messages: they are not changed. */
public enum UndecidedReason {
    /**
     * One side holds something without a value that is known (an integral, an unknown function), and the texts differ.
     */
    UNREAD_EXPRESSION,
    /** More digits, a larger exponent, more elements or more steps than the budget allows. */
    BUDGET_EXCEEDED,
    /** Equal values that belong to different labels, such as {@code x = 5} and {@code y = 5}. */
    DIFFERENT_LABELS,
    /** The same elements in another notation, such as {@code (1, 2)} and {@code 1, 2}. */
    DIFFERENT_NOTATION,
    /** An equation or inequality where its solution is due, or the other way round. */
    NOT_SOLVED,
    /** Too few points at which both sides have a value. */
    NO_COMMON_DOMAIN,
    /** The values agree as far as they could be computed, which is no proof. */
    IN_DOUBT
}
