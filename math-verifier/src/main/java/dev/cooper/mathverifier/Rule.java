package dev.cooper.mathverifier;

/** The rule by which an answer was found equal to the reference. */
public enum Rule {
    /** The two texts are the same once spacing, text wrappers and size commands are gone. */
    SAME_TEXT,
    /** Two numbers with the same exact value. */
    SAME_VALUE,
    /** Equal only because a percentage may be written as {@code 50%}, {@code 50} or {@code 0.5}. */
    SAME_VALUE_AS_PERCENT,
    /** The answer rounds to the decimal that the reference states. */
    ROUNDS_TO_REFERENCE,
    /** The same words, whatever their case. */
    SAME_WORDS,
    /** Ordered tuples or intervals, equal element by element. */
    SAME_TUPLE,
    /** Lists or sets with equal elements in any order. */
    SAME_LIST,
    /** The reference is a list and the completion gave each element a box of its own. */
    BOXES_TOGETHER
}
