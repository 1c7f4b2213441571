package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.IncorrectReason;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.comparison.Comparison.Different;
import dev.cooper.mathverifier.comparison.Comparison.Equal;
import dev.cooper.mathverifier.comparison.Comparison.Unsettled;
import java.util.List;
import java.util.Optional;

/** Outcomes by name, and what several of them come to together. */
final class Outcomes {
    private Outcomes() {}

    static Equal equal(Rule rule, String detail) {
        return new Equal(rule, detail);
    }

    static Different differentValue(String detail) {
        return new Different(IncorrectReason.DIFFERENT_VALUE, detail);
    }

    static Different differentKind(String detail) {
        return new Different(IncorrectReason.DIFFERENT_KIND, detail);
    }

    static Unsettled unsettled(UndecidedReason reason, String detail) {
        return new Unsettled(reason, detail);
    }

    static Unsettled of(Equality.Unsettled unsettled) {
        UndecidedReason reason = switch (unsettled.cause()) {
            case BUDGET -> UndecidedReason.BUDGET_EXCEEDED;
            case NOT_UNDERSTOOD -> UndecidedReason.UNREAD_EXPRESSION;
            case NO_COMMON_DOMAIN -> UndecidedReason.NO_COMMON_DOMAIN;
            case IN_DOUBT -> UndecidedReason.IN_DOUBT;
        };
        return new Unsettled(reason, unsettled.detail());
    }

    /** All equal: {@code rule}; one different: different; else the first that is not settled. */
    static Comparison all(List<Comparison> parts, Rule rule, String detail) {
        Optional<Comparison> different =
                parts.stream().filter(part -> part instanceof Different).findFirst();
        if (different.isPresent()) {
            return differentValue(different.get().detail());
        }
        Optional<Comparison> unsettled =
                parts.stream().filter(part -> part instanceof Unsettled).findFirst();
        return unsettled.orElseGet(() -> equal(rule, detail));
    }

    /** An equality that is not enough because the two are labelled otherwise or written in another notation. */
    static Comparison weaken(Comparison comparison, UndecidedReason reason, String detail) {
        return comparison instanceof Equal ? unsettled(reason, detail) : comparison;
    }
}
