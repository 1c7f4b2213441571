package dev.cooper.mathverifier.syntax;

/** What became of a text. */
public sealed interface Reading {

    /** It was read. */
    record Read(Node node) implements Reading {}

    /** It is empty, unbalanced, broken off or otherwise no answer. {@code detail} says where and why, for people. */
    record Unreadable(String detail) implements Reading {}

    /** It is longer, deeper or larger than the budget. {@code detail} names the limit. */
    record TooLarge(String detail) implements Reading {}
}
