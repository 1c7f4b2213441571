package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.syntax.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The parts of a node, and the node rebuilt from changed parts. */
final class Children {
    private Children() {}

    /** All parts, in the order in which they are written. */
    static List<Node> of(Node node) {
        return switch (node) {
            case Node.Numeral _,
                    Node.Constant _,
                    Node.Symbol _,
                    Node.Mixed _,
                    Node.InBase _,
                    Node.NumberSet _,
                    Node.Words _,
                    Node.Choice _,
                    Node.Opaque _ -> List.of();
            case Node.Indexed n -> n.indexes();
            case Node.Sum n -> n.terms();
            case Node.Product n -> n.factors();
            case Node.Negation n -> List.of(n.operand());
            case Node.Quotient n -> List.of(n.dividend(), n.divisor());
            case Node.Power n -> List.of(n.base(), n.exponent());
            case Node.Root n -> List.of(n.radicand(), n.index());
            case Node.Application n -> n.arguments();
            case Node.Call n -> n.arguments();
            case Node.Factorial n -> List.of(n.operand());
            case Node.PlusMinus n -> List.of(n.operand());
            case Node.Percent n -> List.of(n.operand());
            case Node.Degrees n -> List.of(n.degrees(), n.minutes(), n.seconds());
            case Node.Measured n -> List.of(n.value());
            case Node.Ratio n -> n.parts();
            case Node.Not n -> List.of(n.statement());
            case Node.Modulo n -> List.of(n.value(), n.modulus());
            case Node.Relation n -> n.operands();
            case Node.Bracketed n -> n.elements();
            case Node.SetOf n -> n.elements();
            case Node.SetOperation n -> n.operands();
            case Node.Sequence n -> n.items();
            case Node.Option n -> List.of(n.text());
            case Node.Limit n -> List.of(n.point(), n.body());
            case Node.Matrix _, Node.BigOperator _, Node.Piecewise _, Node.SetBuilder _ -> collected(node);
        };
    }

    private static List<Node> collected(Node node) {
        List<Node> parts = new ArrayList<>();
        map(node, part -> {
            parts.add(part);
            return part;
        });
        return parts;
    }

    static Node map(Node node, UnaryOperator<Node> change) {
        return switch (node) {
            case Node.Numeral _,
                    Node.Constant _,
                    Node.Symbol _,
                    Node.Mixed _,
                    Node.InBase _,
                    Node.NumberSet _,
                    Node.Words _,
                    Node.Choice _,
                    Node.Opaque _ -> node;
            case Node.Indexed n -> new Node.Indexed(n.name(), all(n.indexes(), change));
            case Node.Sum n -> new Node.Sum(all(n.terms(), change));
            case Node.Product n -> new Node.Product(all(n.factors(), change));
            case Node.Negation n -> new Node.Negation(change.apply(n.operand()));
            case Node.Quotient n -> new Node.Quotient(change.apply(n.dividend()), change.apply(n.divisor()));
            case Node.Power n -> new Node.Power(change.apply(n.base()), change.apply(n.exponent()));
            case Node.Root n -> new Node.Root(change.apply(n.radicand()), change.apply(n.index()));
            case Node.Application n -> new Node.Application(n.function(), all(n.arguments(), change));
            case Node.Call n -> new Node.Call(n.name(), all(n.arguments(), change));
            case Node.Factorial n -> new Node.Factorial(change.apply(n.operand()), n.isDouble());
            case Node.PlusMinus n -> new Node.PlusMinus(change.apply(n.operand()), n.minusFirst());
            case Node.Percent n -> new Node.Percent(change.apply(n.operand()));
            case Node.Degrees n ->
                new Node.Degrees(change.apply(n.degrees()), change.apply(n.minutes()), change.apply(n.seconds()));
            case Node.Measured n -> new Node.Measured(change.apply(n.value()), n.unit());
            case Node.Ratio n -> new Node.Ratio(all(n.parts(), change));
            case Node.Not n -> new Node.Not(change.apply(n.statement()));
            case Node.Modulo n -> new Node.Modulo(change.apply(n.value()), change.apply(n.modulus()));
            case Node.Relation n -> new Node.Relation(all(n.operands(), change), n.signs());
            case Node.Bracketed n -> new Node.Bracketed(n.open(), n.close(), all(n.elements(), change));
            case Node.Matrix n ->
                new Node.Matrix(n.rows().stream().map(row -> all(row, change)).toList());
            case Node.BigOperator n -> bigOperator(n, change);
            case Node.Option n -> new Node.Option(n.letter(), change.apply(n.text()));
            case Node.Limit n -> new Node.Limit(n.variable(), change.apply(n.point()), change.apply(n.body()));
            case Node.Piecewise n ->
                new Node.Piecewise(n.pieces().stream()
                        .map(piece -> new Node.Piece(
                                change.apply(piece.value()), piece.condition().map(change)))
                        .toList());
            case Node.SetOf _, Node.SetBuilder _, Node.SetOperation _, Node.Sequence _ -> collection(node, change);
        };
    }

    private static Node collection(Node node, UnaryOperator<Node> change) {
        return switch (node) {
            case Node.SetOf n -> new Node.SetOf(all(n.elements(), change));
            case Node.SetBuilder n -> new Node.SetBuilder(change.apply(n.element()), all(n.conditions(), change));
            case Node.SetOperation n -> new Node.SetOperation(n.operator(), all(n.operands(), change));
            case Node.Sequence n -> new Node.Sequence(n.separator(), all(n.items(), change));
            default -> throw new IllegalArgumentException("no collection: " + node);
        };
    }

    private static Node bigOperator(Node.BigOperator n, UnaryOperator<Node> change) {
        return new Node.BigOperator(
                n.kind(), n.variable(), n.lower().map(change), n.upper().map(change), change.apply(n.body()));
    }

    private static List<Node> all(List<Node> nodes, UnaryOperator<Node> change) {
        List<Node> changed = new ArrayList<>(nodes.size());
        nodes.forEach(node -> changed.add(change.apply(node)));
        return changed;
    }
}
