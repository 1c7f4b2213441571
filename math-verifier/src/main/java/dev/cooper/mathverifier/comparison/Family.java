package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.NumberSet;
import dev.cooper.mathverifier.syntax.Node.NumberSet.Domain;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Expressions in a parameter: {@code k\pi, k \in \mathbb{Z}}, {@code 2^n, n \ge 0}.
 *
 * @param bodies expressions in the parameter, at least one
 * @param condition what the parameter runs through, as a relation
 */
record Family(List<Node> bodies, String parameter, Node condition) {
    private static final Set<String> PARAMETERS = Set.of("k", "n", "m", "l", "j", "N", "K");

    /** "k is an integer", as words behind a relation sign or a name. */
    private static final String INTEGER = "integer";

    Family {
        bodies = List.copyOf(bodies);
    }

    static Optional<Family> of(Node node) {
        return switch (node) {
            case Node.Sequence sequence -> split(sequence.items());
            case Node.SetBuilder builder -> builder(builder);
            case Node.Relation relation -> relation(relation);
            default -> Optional.empty();
        };
    }

    private static Optional<Family> relation(Node.Relation relation) {
        Node last = relation.operands().getLast();
        if (last instanceof Node.Modulo residue && relation.operands().size() == 2) {
            Node body = new Node.Sum(
                    List.of(residue.value(), new Node.Product(List.of(residue.modulus(), new Node.Symbol("k")))));
            return Optional.of(new Family(List.of(body), "k", integers("k")));
        }
        boolean nested = relation.signs().equals(List.of(Sign.ELEMENT_OF))
                || last instanceof Node.Sequence
                || last instanceof Node.SetBuilder;
        return nested ? of(last) : Optional.empty();
    }

    /** {@code \{2k \mid k \in \mathbb{Z}\}} and {@code \{x : x = 2k, k \in \mathbb{Z}\}}. */
    private static Optional<Family> builder(Node.SetBuilder builder) {
        List<Node> items = new ArrayList<>(builder.conditions());
        boolean named = builder.element() instanceof Node.Symbol;
        boolean defined = items.getFirst() instanceof Node.Relation relation
                && relation.signs().equals(List.of(Sign.EQUAL))
                && relation.operands().getFirst().equals(builder.element());
        if (named != defined) {
            return Optional.empty();
        }
        if (!named) {
            items.addFirst(builder.element());
        }
        return split(items);
    }

    static Node integers(String parameter) {
        return new Node.Relation(
                List.of(new Node.Symbol(parameter), new NumberSet(Domain.INTEGERS, 0)), List.of(Sign.ELEMENT_OF));
    }

    /** Whether the parameter runs through all integers. */
    boolean isOverIntegers() {
        return condition.equals(integers(parameter));
    }

    /** Bodies in front, the parameter's domain at the end. */
    private static Optional<Family> split(List<Node> items) {
        Node last = items.getLast();
        if (last instanceof Node.Sequence inner && items.size() > 1) {
            List<Node> all = new ArrayList<>(items.subList(0, items.size() - 1));
            all.addAll(inner.items());
            return split(all);
        }
        Optional<String> parameter = parameter(last);
        if (parameter.isEmpty() || items.size() < 2) {
            return Optional.empty();
        }
        List<Node> bodies = items.subList(0, items.size() - 1).stream()
                .flatMap(item -> bodies(item).stream())
                .toList();
        boolean mentioned = bodies.stream().anyMatch(body -> Trees.symbols(body).contains(parameter.get()));
        Node condition = isInteger(last) ? integers(parameter.get()) : last;
        return mentioned ? Optional.of(new Family(bodies, parameter.get(), condition)) : Optional.empty();
    }

    /** The name that a condition bounds. */
    private static Optional<String> parameter(Node node) {
        if (!(node instanceof Node.Relation relation)
                || !(relation.operands().getFirst() instanceof Node.Symbol name)) {
            return Optional.empty();
        }
        Sign sign = relation.signs().getFirst();
        boolean domain =
                sign == Sign.ELEMENT_OF && (relation.operands().getLast() instanceof NumberSet || isInteger(node));
        boolean bounded = Signs.isInequality(sign) && relation.signs().size() == 1;
        return domain || bounded ? Optional.of(name.name()) : Optional.empty();
    }

    private static boolean isInteger(Node node) {
        return node instanceof Node.Relation relation
                && relation.operands().getLast() instanceof Node.Words words
                && words.text().contains(INTEGER);
    }

    /** The expressions of one item: without label, both signs apart, a list's elements one by one. */
    static List<Node> bodies(Node item) {
        Node value = Chain.of(item).map(Chain::value).orElse(item);
        return Elements.of(value)
                .map(Elements::nodes)
                .map(nodes -> nodes.stream()
                        .map(node -> Chain.of(node).map(Chain::value).orElse(node))
                        .toList())
                .orElseGet(() -> List.of(value));
    }

    /** An answer that does not say what its only letter runs through, as if it ran through all integers. */
    static Optional<Family> implied(Node node) {
        List<Node> bodies = bodies(node);
        List<String> parameters = bodies.stream()
                .flatMap(body -> Trees.symbols(body).stream())
                .distinct()
                .toList();
        return parameters.size() == 1 && PARAMETERS.contains(parameters.getFirst())
                ? Optional.of(new Family(bodies, parameters.getFirst(), integers(parameters.getFirst())))
                : Optional.empty();
    }
}
