package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Bracket;
import dev.cooper.mathverifier.syntax.Node.NumberSet;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import dev.cooper.mathverifier.syntax.Node.SetOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings notations that mean the same into one, before anything is compared. */
final class Normal {
    private static final Set<String> ALL_REALS = Set.of(
            "all real numbers", "any real number", "all reals", "all real values", "every real number", "real numbers");

    private static final Map<String, NumberSet.Domain> DOMAINS = Map.of(
            "Z", NumberSet.Domain.INTEGERS,
            "N", NumberSet.Domain.NATURALS,
            "Q", NumberSet.Domain.RATIONALS,
            "R", NumberSet.Domain.REALS);

    private static final int LARGEST_DETERMINANT = 4;

    private Normal() {}

    static Node of(Node node) {
        return Trees.rewrite(node, Normal::step);
    }

    private static Node step(Node node) {
        return switch (node) {
            case Node.Bracketed bracketed
            when bracketed.elements().size() == 1 && bracketed.elements().getFirst() instanceof Node.Matrix matrix ->
                matrix;
            case Node.Words words when ALL_REALS.contains(words.text()) -> new NumberSet(NumberSet.Domain.REALS, 0);
            case Node.Measured measured -> measured(measured);
            case Node.Sum sum -> difference(sum);
            case Node.Product product -> named(product);
            case Node.Application application
            when application.function() == Function.DETERMINANT -> determinant(application);
            case Node.SetBuilder builder -> builder(builder);
            case Node.Relation relation when relation.signs().equals(List.of(Sign.ELEMENT_OF)) -> membership(relation);
            default -> node;
        };
    }

    /** {@code k \\in Z} means the integers. */
    private static Node membership(Node.Relation node) {
        return node.operands().getLast() instanceof Node.Symbol symbol && DOMAINS.containsKey(symbol.name())
                ? new Node.Relation(
                        List.of(node.operands().getFirst(), new NumberSet(DOMAINS.get(symbol.name()), 0)), node.signs())
                : node;
    }

    /** The unit behind an interval or a tuple belongs to each of its elements. */
    private static Node measured(Node.Measured node) {
        return node.value() instanceof Node.Bracketed tuple
                ? new Node.Bracketed(
                        tuple.open(),
                        tuple.close(),
                        tuple.elements().stream()
                                .<Node>map(element -> new Node.Measured(element, node.unit()))
                                .toList())
                : node;
    }

    /** {@code \mathbb{R} - \{5\}} is a set difference. */
    private static Node difference(Node.Sum node) {
        boolean sets = node.terms().size() == 2
                && Kinds.of(node.terms().getFirst()) == Kinds.SET
                && node.terms().getLast() instanceof Node.Negation negation
                && Kinds.of(negation.operand()) == Kinds.SET;
        return sets
                ? new SetOperation(
                        SetOperation.Operator.DIFFERENCE,
                        List.of(
                                node.terms().getFirst(),
                                Trees.negated(node.terms().getLast())))
                : node;
    }

    /** {@code f^{-1}(x)} and {@code P(A \cup B)} are a function and a probability, no products. */
    private static Node named(Node.Product node) {
        if (node.factors().size() != 2) {
            return node;
        }
        Node first = node.factors().getFirst();
        Node second = node.factors().getLast();
        if (first instanceof Node.Power power
                && power.base() instanceof Node.Symbol function
                && Set.of("f", "g", "h").contains(function.name())
                && power.exponent().equals(new Node.Negation(Node.Numeral.of(1)))) {
            return new Node.Call(function.name() + "^{-1}", List.of(second));
        }
        return first instanceof Node.Symbol probability && second instanceof SetOperation
                ? new Node.Call(probability.name(), List.of(second))
                : node;
    }

    private static Node determinant(Node.Application node) {
        boolean square = node.arguments().getFirst() instanceof Node.Matrix matrix
                && matrix.rows().size() == matrix.rows().getFirst().size()
                && matrix.rows().size() <= LARGEST_DETERMINANT;
        return square && node.arguments().getFirst() instanceof Node.Matrix matrix ? expanded(matrix.rows()) : node;
    }

    /** By the first row. */
    private static Node expanded(List<List<Node>> rows) {
        if (rows.size() == 1) {
            return rows.getFirst().getFirst();
        }
        List<Node> terms = new ArrayList<>();
        for (int j = 0; j < rows.size(); j++) {
            int column = j;
            List<List<Node>> minor = rows.subList(1, rows.size()).stream()
                    .map(row -> without(row, column))
                    .toList();
            Node term = new Node.Product(List.of(rows.getFirst().get(j), expanded(minor)));
            terms.add(j % 2 == 0 ? term : new Node.Negation(term));
        }
        return new Node.Sum(terms);
    }

    private static List<Node> without(List<Node> row, int column) {
        List<Node> rest = new ArrayList<>(row);
        rest.remove(column);
        return rest;
    }

    /** {@code \{x \in \mathbb{N} \mid ...\}}: what stands before the bar is a condition as well. */
    private static Node builder(Node.SetBuilder node) {
        if (!(node.element() instanceof Node.Relation relation)
                || !relation.signs().equals(List.of(Sign.ELEMENT_OF))) {
            return node;
        }
        List<Node> conditions = new ArrayList<>(node.conditions());
        conditions.add(relation);
        Node element = relation.operands().getFirst();
        return Integers.between(element, conditions).orElseGet(() -> new Node.SetBuilder(element, conditions));
    }

    /** A closed interval of one point; empty for any other node. */
    static Optional<Node> onlyPoint(Node node) {
        return node instanceof Node.Bracketed bracketed
                        && bracketed.open() == Bracket.SQUARE
                        && bracketed.close() == Bracket.SQUARE
                        && bracketed.elements().size() == 2
                        && bracketed
                                .elements()
                                .getFirst()
                                .equals(bracketed.elements().getLast())
                ? Optional.of(bracketed.elements().getFirst())
                : Optional.empty();
    }
}
