package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;

/** What comparing an answer with the reference came to; {@code detail} says why, for people. */
public sealed interface Comparison {

    String detail();

    /** They say the same, by {@code rule}. */
    record Equal(Rule rule, String detail) implements Comparison {}

    /** They do not. */
    record Different(IncorrectReason reason, String detail) implements Comparison {}

    /** It could not be settled. */
    record Unsettled(UndecidedReason reason, String detail) implements Comparison {}

    default boolean isEqual() {
        return this instanceof Equal;
    }
}
