package dev.cooper.languagemodel.chat;

/** An expression of a template, ready to be computed. */
@FunctionalInterface
interface Expression {
    Value in(Scope scope);
}
