package dev.cooper.mathverifier;

/** What comparing two values came to. */
sealed interface Comparison {

    record Equal(Rule rule) implements Comparison {}

    record Different(IncorrectReason reason) implements Comparison {}

    record Unsettled(UndecidedReason reason) implements Comparison {}
}
