package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.MathVerifyRules;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values without units: the same value, a tolerated decimal, the same ratio, the same up to a constant of integration.
 */
final class ScalarRules {
    private ScalarRules() {}

    static Comparison compare(Node reference, Node answer, Comparer comparer) {
        if (reference instanceof Node.Ratio || answer instanceof Node.Ratio) {
            return ratios(reference, answer, comparer);
        }
        Optional<Comparison> infinite = infinities(reference, answer);
        if (infinite.isPresent()) {
            return infinite.get();
        }
        Equality equality = comparer.scalars().compare(reference, answer);
        if (equality instanceof Equality.Equal equal) {
            return Outcomes.equal(Rule.SAME_VALUE, "the same value by " + equal.method());
        }
        return Decimals.tolerated(reference, answer, comparer)
                .or(() -> IntegrationConstants.compare(reference, answer, comparer))
                .or(() -> comparer.mathVerify().flatMap(rules -> mathVerify(reference, answer, rules, comparer)))
                .orElseGet(() -> outcome(equality));
    }

    private static Comparison outcome(Equality equality) {
        return switch (equality) {
            case Equality.Equal equal ->
                Outcomes.equal(Rule.SAME_VALUE, equal.method().toString());
            case Equality.Different different -> Outcomes.differentValue(different.detail());
            case Equality.Unsettled unsettled -> Outcomes.of(unsettled);
        };
    }

    private static Optional<Comparison> infinities(Node reference, Node answer) {
        boolean wanted = Trees.isInfinity(reference) || Trees.isMinusInfinity(reference);
        boolean given = Trees.isInfinity(answer) || Trees.isMinusInfinity(answer);
        if (wanted || given) {
            return Optional.of(Outcomes.differentValue("one is infinite, and the other is not or has another sign"));
        }
        boolean inside = hasFreeInfinity(reference) || hasFreeInfinity(answer);
        return inside
                ? Optional.of(Outcomes.unsettled(UndecidedReason.UNREAD_EXPRESSION, "calculation with infinity"))
                : Optional.empty();
    }

    private static boolean hasFreeInfinity(Node node) {
        if (node instanceof Node.BigOperator || node instanceof Node.Limit) {
            return false;
        }
        return Trees.isInfinity(node) || Children.of(node).stream().anyMatch(ScalarRules::hasFreeInfinity);
    }

    private static Comparison ratios(Node reference, Node answer, Comparer comparer) {
        if (reference instanceof Node.Ratio wanted && answer instanceof Node.Ratio given) {
            return proportion(wanted.parts(), given.parts(), comparer);
        }
        Optional<Node> wanted = quotient(reference);
        Optional<Node> given = quotient(answer);
        if (wanted.isEmpty() || given.isEmpty()) {
            return Outcomes.differentKind("a ratio of several parts and a value");
        }
        Comparison values = compare(wanted.get(), given.get(), comparer);
        return values.isEqual() ? Outcomes.equal(Rule.SAME_RATIO, "the ratio has the same value") : values;
    }

    private static Optional<Node> quotient(Node node) {
        if (!(node instanceof Node.Ratio ratio)) {
            return Optional.of(node);
        }
        return ratio.parts().size() == 2
                ? Optional.of(
                        Trees.quotient(ratio.parts().getFirst(), ratio.parts().getLast()))
                : Optional.empty();
    }

    /** Each two neighbours in the same proportion; {@code 12:00} is a time, and only equal to itself. */
    private static Comparison proportion(List<Node> wanted, List<Node> given, Comparer comparer) {
        boolean zero = wanted.stream().anyMatch(Trees::isZero) || given.stream().anyMatch(Trees::isZero);
        if (wanted.size() != given.size()) {
            return Outcomes.differentKind(wanted.size() + " parts are due, not " + given.size());
        }
        List<Comparison> parts = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            int next = (i + 1) % wanted.size();
            parts.add(
                    zero
                            ? compare(wanted.get(i), given.get(i), comparer)
                            : compare(
                                    Trees.quotient(wanted.get(i), wanted.get(next)),
                                    Trees.quotient(given.get(i), given.get(next)),
                                    comparer));
        }
        return Outcomes.all(parts, Rule.SAME_RATIO, "the same proportion");
    }

    private static Optional<Comparison> mathVerify(
            Node reference, Node answer, MathVerifyRules rules, Comparer comparer) {
        if (!rules.strict()) {
            Node renamed = byPosition(reference, answer);
            if (!renamed.equals(answer)
                    && (renamed.equals(reference)
                            || comparer.scalars().compare(reference, renamed) instanceof Equality.Equal)) {
                return Optional.of(Outcomes.equal(Rule.MATH_VERIFY, "equal with the variables matched by position"));
            }
        }
        return MathVerifyNumbers.compare(reference, answer, rules, comparer.scalars());
    }

    private static Node byPosition(Node reference, Node answer) {
        List<String> wanted = List.copyOf(Trees.symbols(reference));
        List<String> given = List.copyOf(Trees.symbols(answer));
        if (wanted.size() != given.size()) {
            return answer;
        }
        Map<String, Node> names = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            names.put(given.get(i), new Node.Symbol(wanted.get(i)));
        }
        return Trees.substitute(answer, names);
    }
}
