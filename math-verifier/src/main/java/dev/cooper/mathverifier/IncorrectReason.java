package dev.cooper.mathverifier;

/** Why a completion is incorrect. */
public enum IncorrectReason {
    /** Nothing in the completion looks like an answer. */
    NO_ANSWER,
    /** There is an answer, but it is broken off, malformed, too long or too deeply nested. */
    UNREADABLE_ANSWER,
    /** The completion was cut off at its length limit. */
    TRUNCATED,
    /** Boxes that do not agree with one another. */
    SEVERAL_ANSWERS,
    /** Two numbers, or tuples or lists of them, that are not equal. */
    DIFFERENT_VALUE,
    /** Different words. */
    DIFFERENT_WORDS,
    /** For instance a number against words, or a tuple against a number. */
    DIFFERENT_KIND
}
