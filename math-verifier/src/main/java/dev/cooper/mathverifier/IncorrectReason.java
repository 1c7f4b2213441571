package dev.cooper.mathverifier;

/** Why a completion is incorrect. Names travel in messages: they are not changed. */
public enum IncorrectReason {
    /** Nothing in the completion looks like an answer. */
    NO_ANSWER,
    /** There is an answer, but it is broken off, malformed, too long or too deeply nested. */
    UNREADABLE_ANSWER,
    /** The completion was cut off at its length limit. */
    TRUNCATED,
    /** Boxes that do not agree with one another. */
    SEVERAL_ANSWERS,
    /** Two values, or structures of them, that are not equal. */
    DIFFERENT_VALUE,
    /** Different words or choices. */
    DIFFERENT_WORDS,
    /** For instance a number against words, a tuple against a number, or a closed interval against an open one. */
    DIFFERENT_KIND,
    /** Quantities of different dimensions, such as {@code 5 m} and {@code 5 kg}, or two currencies. */
    DIFFERENT_UNITS,
    /** A chain such as {@code x = 5 = 7}: its members are not equal to one another. */
    CONTRADICTION
}
