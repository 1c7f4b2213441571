package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.comparison.Piece.End;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import dev.cooper.mathverifier.syntax.Node.Sequence.Separator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Reads intervals, inequalities, unions and set-builders as one normal form. */
final class RealSetReader {
    private final Comparer comparer;
    private final boolean quadratics;

    /** {@code quadratics}: whether quadratic inequalities are solved, too. */
    RealSetReader(Comparer comparer, boolean quadratics) {
        this.comparer = comparer;
        this.quadratics = quadratics;
    }

    /** A set, and the name of what lies in it, if it has one. */
    record Described(Optional<Node> unknown, RealSet set) {}

    Optional<Described> read(Node node) {
        return switch (node) {
            case Node.Bracketed bracketed -> interval(bracketed).map(RealSetReader::unnamed);
            case Node.NumberSet numbers -> numbers(numbers).map(RealSetReader::unnamed);
            case Node.SetOf set -> points(set).map(RealSetReader::unnamed);
            case Node.SetOperation operation -> operation(operation);
            case Node.SetBuilder builder -> builder(builder);
            case Node.Relation relation -> relation(relation);
            case Node.Sequence sequence -> sequence(sequence);
            case Node.Not not -> read(not.statement()).flatMap(RealSetReader::complement);
            default -> Optional.empty();
        };
    }

    private static Described unnamed(RealSet set) {
        return new Described(Optional.empty(), set);
    }

    private static Optional<Described> complement(Described described) {
        return described.set().complement().map(set -> new Described(described.unknown(), set));
    }

    private Optional<RealSet> interval(Node.Bracketed node) {
        if (node.elements().size() != 2 || node.open() == Node.Bracket.ANGLE || node.close() == Node.Bracket.ANGLE) {
            return Optional.empty();
        }
        End lower = end(node.elements().getFirst(), node.open());
        End upper = end(node.elements().getLast(), node.close());
        boolean reversed = Trees.isInfinity(node.elements().getFirst())
                || Trees.isMinusInfinity(node.elements().getLast());
        if (reversed || Piece.isEmpty(lower, upper, comparer::order).orElse(false)) {
            return Optional.empty();
        }
        return Optional.of(RealSet.of(new Piece(lower, upper)));
    }

    private static End end(Node value, Node.Bracket bracket) {
        return Trees.isInfinity(value) || Trees.isMinusInfinity(value)
                ? End.INFINITE
                : End.of(value, bracket == Node.Bracket.SQUARE);
    }

    private static Optional<RealSet> numbers(Node.NumberSet numbers) {
        if (numbers.domain() != Node.NumberSet.Domain.REALS) {
            return Optional.empty();
        }
        return Optional.of(
                switch (Integer.signum(numbers.sign())) {
                    case 1 -> RealSet.above(Trees.number(0), false);
                    case -1 -> RealSet.below(Trees.number(0), false);
                    default -> RealSet.REALS;
                });
    }

    private Optional<RealSet> points(Node.SetOf set) {
        List<Node> elements = Elements.expanded(set.elements());
        boolean scalars = elements.stream().allMatch(element -> Kinds.of(element) == Kinds.SCALAR);
        return scalars
                ? Optional.of(RealSet.union(elements.stream().map(Piece::point).toList(), comparer::order))
                : Optional.empty();
    }

    private Optional<Described> operation(Node.SetOperation node) {
        return fold(
                node.operands(),
                switch (node.operator()) {
                    case UNION -> this::union;
                    case INTERSECTION -> this::intersection;
                    case DIFFERENCE ->
                        (left, right) -> right.flatMap(RealSet::complement)
                                .flatMap(rest -> left.flatMap(set -> set.intersection(rest, comparer::order)));
                });
    }

    private Optional<RealSet> union(Optional<RealSet> left, Optional<RealSet> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        List<Piece> pieces = new ArrayList<>(left.get().pieces());
        pieces.addAll(right.get().pieces());
        return Optional.of(RealSet.union(pieces, comparer::order));
    }

    private Optional<RealSet> intersection(Optional<RealSet> left, Optional<RealSet> right) {
        return left.flatMap(a -> right.flatMap(b -> a.intersection(b, comparer::order)));
    }

    /** All parts must speak of the same unknown, or of none. */
    private Optional<Described> fold(List<Node> parts, BinaryOperator<Optional<RealSet>> operator) {
        Set<Node> unknowns = new LinkedHashSet<>();
        Optional<RealSet> result = Optional.empty();
        for (int i = 0; i < parts.size(); i++) {
            Optional<Described> part = read(parts.get(i));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            part.get().unknown().ifPresent(unknowns::add);
            Optional<RealSet> set = Optional.of(part.get().set());
            result = i == 0 ? set : operator.apply(result, set);
        }
        if (unknowns.size() > 1) {
            return Optional.empty();
        }
        return result.map(set -> new Described(unknowns.stream().findFirst(), set));
    }

    private Optional<Described> builder(Node.SetBuilder node) {
        Node unknown = node.element();
        return fold(node.conditions(), this::intersection)
                .filter(described -> described.unknown().filter(unknown::equals).isPresent())
                .map(described -> unnamed(described.set()));
    }

    private Optional<Described> sequence(Node.Sequence node) {
        if (node.separator() == Separator.OR) {
            return fold(node.items(), this::union);
        }
        Optional<Described> all = fold(node.items(), this::intersection);
        // "x < 1 and x > 2" lists two parts of the solution: nobody means the empty set by it.
        return all.filter(described -> !described.set().pieces().isEmpty()).or(() -> fold(node.items(), this::union));
    }

    private Optional<Described> relation(Node.Relation node) {
        Node first = node.operands().getFirst();
        Node last = node.operands().getLast();
        if (node.signs().equals(List.of(Sign.ELEMENT_OF))) {
            return read(last).map(described -> new Described(Optional.of(first), described.set()));
        }
        if (node.signs().equals(List.of(Sign.NOT_ELEMENT_OF))) {
            return read(last)
                    .flatMap(RealSetReader::complement)
                    .map(described -> new Described(Optional.of(first), described.set()));
        }
        return Unknowns.of(node).flatMap(unknown -> solved(node, unknown));
    }

    private Optional<Described> solved(Node.Relation node, Node unknown) {
        var inequality = new Inequality(comparer, unknown, quadratics);
        Optional<RealSet> result = Optional.of(RealSet.REALS);
        for (int i = 0; i < node.signs().size(); i++) {
            Optional<RealSet> pair = inequality.solve(
                    node.operands().get(i), node.signs().get(i), node.operands().get(i + 1));
            result = intersection(result, pair);
        }
        return result.map(set -> new Described(Optional.of(unknown), set));
    }
}
