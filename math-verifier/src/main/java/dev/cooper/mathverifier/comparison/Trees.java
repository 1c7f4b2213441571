package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Walks and rewrites trees. Depth is bounded by the parser's budget. */
final class Trees {
    private Trees() {}

    static Node number(long value) {
        return Node.Numeral.of(value);
    }

    static Node number(Rational value) {
        return new Node.Numeral(value, Optional.empty());
    }

    static Node difference(Node left, Node right) {
        return isZero(right) ? left : new Node.Sum(List.of(left, new Node.Negation(right)));
    }

    static Node quotient(Node dividend, Node divisor) {
        return new Node.Quotient(dividend, divisor);
    }

    static Node negated(Node node) {
        return node instanceof Node.Negation negation ? negation.operand() : new Node.Negation(node);
    }

    static boolean isZero(Node node) {
        return node instanceof Node.Numeral numeral && numeral.value().isZero();
    }

    static boolean isInfinity(Node node) {
        return node instanceof Node.Constant constant && constant.name() == Node.Constant.Name.INFINITY;
    }

    static boolean isMinusInfinity(Node node) {
        return node instanceof Node.Negation negation && isInfinity(negation.operand());
    }

    /** Whether {@code node} or something below it is {@code wanted}. */
    static boolean contains(Node node, Predicate<Node> wanted) {
        if (wanted.test(node)) {
            return true;
        }
        for (Node child : Children.of(node)) {
            if (contains(child, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Names of the variables that stand free, in the order of their first appearance. */
    static Set<String> symbols(Node node) {
        Set<String> names = new LinkedHashSet<>();
        collect(node, names);
        return names;
    }

    private static void collect(Node node, Set<String> names) {
        if (node instanceof Node.Symbol symbol) {
            names.add(symbol.name());
            return;
        }
        Optional<String> bound = bound(node);
        boolean shadowed = bound.filter(name -> !names.contains(name)).isPresent();
        Children.of(node).forEach(child -> collect(child, names));
        if (shadowed) {
            names.remove(bound.get());
        }
    }

    private static Optional<String> bound(Node node) {
        if (node instanceof Node.BigOperator operator) {
            return Optional.of(operator.variable());
        }
        return node instanceof Node.Limit limit ? Optional.of(limit.variable()) : Optional.empty();
    }

    /** {@code node} with free variables replaced. */
    static Node substitute(Node node, Map<String, Node> values) {
        if (node instanceof Node.Symbol symbol) {
            return values.getOrDefault(symbol.name(), node);
        }
        Optional<String> bound = bound(node).filter(values::containsKey);
        if (bound.isEmpty()) {
            return Children.map(node, child -> substitute(child, values));
        }
        Map<String, Node> rest = new HashMap<>(values);
        rest.remove(bound.get());
        return Children.map(node, child -> substitute(child, rest));
    }

    static Node substitute(Node node, String name, Node value) {
        return substitute(node, Map.of(name, value));
    }

    /** {@code change} applied from the leaves to the root. */
    static Node rewrite(Node node, UnaryOperator<Node> change) {
        return change.apply(Children.map(node, child -> rewrite(child, change)));
    }
}
