package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.List;
import java.util.Optional;

/** A quadratic with rational coefficients, compared with zero. */
record Quadratic(Rational square, Rational linear, Rational constant) {

    /** {@code node} as a quadratic in {@code unknown}; empty if it is none. */
    static Optional<Quadratic> of(Node node, Node.Symbol unknown, Scalars scalars) {
        Optional<Rational> zero = at(node, unknown, 0, scalars);
        Optional<Rational> one = at(node, unknown, 1, scalars);
        Optional<Rational> minus = at(node, unknown, -1, scalars);
        if (zero.isEmpty() || one.isEmpty() || minus.isEmpty()) {
            return Optional.empty();
        }
        Rational half = Rational.of(1, 2);
        Rational square = one.get().plus(minus.get()).times(half).minus(zero.get());
        Rational linear = one.get().minus(minus.get()).times(half);
        var quadratic = new Quadratic(square, linear, zero.get());
        return !square.isZero() && scalars.compare(node, quadratic.expression(unknown)) instanceof Equality.Equal
                ? Optional.of(quadratic)
                : Optional.empty();
    }

    private static Optional<Rational> at(Node node, Node.Symbol unknown, long value, Scalars scalars) {
        return scalars.exact(Trees.substitute(node, unknown.name(), Trees.number(value)));
    }

    private Node expression(Node unknown) {
        return new Node.Sum(List.of(
                new Node.Product(List.of(Trees.number(square), new Node.Power(unknown, Trees.number(2)))),
                new Node.Product(List.of(Trees.number(linear), unknown)),
                Trees.number(constant)));
    }

    /** Where it is less than zero, and so on; empty for a sign that is no comparison. */
    Optional<RealSet> where(Sign sign, Piece.Order order) {
        if (square.signum() < 0) {
            return new Quadratic(square.negate(), linear.negate(), constant.negate()).where(Signs.flipped(sign), order);
        }
        return switch (sign) {
            case LESS -> Optional.of(below(false, order));
            case LESS_OR_EQUAL -> Optional.of(below(true, order));
            case GREATER -> below(true, order).complement();
            case GREATER_OR_EQUAL -> below(false, order).complement();
            case EQUAL ->
                below(true, order).intersection(below(false, order).complement().orElseThrow(), order);
            default -> Optional.empty();
        };
    }

    /** Where it is below zero, with its roots if {@code closed}. */
    private RealSet below(boolean closed, Piece.Order order) {
        Rational discriminant =
                linear.times(linear).minus(Rational.of(4).times(square).times(constant));
        if (discriminant.signum() < 0 || (discriminant.isZero() && !closed)) {
            return RealSet.EMPTY;
        }
        Node lower = root(discriminant, true);
        return discriminant.isZero()
                ? RealSet.of(Piece.point(lower))
                : RealSet.above(lower, closed)
                        .intersection(RealSet.below(root(discriminant, false), closed), order)
                        .orElse(RealSet.EMPTY);
    }

    private Node root(Rational discriminant, boolean lower) {
        Node radical = new Node.Root(Trees.number(discriminant), Trees.number(2));
        Node numerator =
                new Node.Sum(List.of(Trees.number(linear.negate()), lower ? new Node.Negation(radical) : radical));
        return discriminant.isZero()
                ? Trees.number(linear.negate().dividedBy(Rational.of(2).times(square)))
                : Trees.quotient(numerator, Trees.number(Rational.of(2).times(square)));
    }
}
