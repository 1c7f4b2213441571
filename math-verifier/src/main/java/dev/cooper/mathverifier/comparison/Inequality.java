package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.comparison.Piece.Order;
import dev.cooper.mathverifier.syntax.Function;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.Relation.Sign;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Solves one relation for one unknown, if it stands alone, in an absolute value or in a linear expression. */
final class Inequality {
    private final Scalars scalars;
    private final Order order;
    private final Node unknown;
    private final boolean quadratics;

    /** {@code quadratics}: whether quadratic inequalities are solved as well. */
    Inequality(Comparer comparer, Node unknown, boolean quadratics) {
        this.scalars = comparer.scalars();
        this.order = comparer::order;
        this.unknown = unknown;
        this.quadratics = quadratics;
    }

    Optional<RealSet> solve(Node left, Sign sign, Node right) {
        boolean leftHas = mentions(left);
        boolean rightHas = mentions(right);
        if (leftHas && !rightHas) {
            return isolated(left, sign, right);
        }
        if (rightHas && !leftHas) {
            return isolated(right, Signs.flipped(sign), left);
        }
        return leftHas ? linear(Trees.difference(left, right), sign) : Optional.empty();
    }

    private Optional<RealSet> isolated(Node left, Sign sign, Node bound) {
        if (left.equals(unknown)) {
            return halfLine(bound, sign);
        }
        if (left instanceof Node.Application application && application.function() == Function.ABS) {
            return absolute(application.arguments().getFirst(), sign, bound);
        }
        return linear(Trees.difference(left, bound), sign);
    }

    static Optional<RealSet> halfLine(Node bound, Sign sign) {
        if (Trees.isInfinity(bound) || Trees.isMinusInfinity(bound)) {
            boolean below = Trees.isInfinity(bound) && (sign == Sign.LESS || sign == Sign.LESS_OR_EQUAL);
            boolean above = Trees.isMinusInfinity(bound) && (sign == Sign.GREATER || sign == Sign.GREATER_OR_EQUAL);
            return below || above ? Optional.of(RealSet.REALS) : Optional.empty();
        }
        return switch (sign) {
            case LESS -> Optional.of(RealSet.below(bound, false));
            case LESS_OR_EQUAL -> Optional.of(RealSet.below(bound, true));
            case GREATER -> Optional.of(RealSet.above(bound, false));
            case GREATER_OR_EQUAL -> Optional.of(RealSet.above(bound, true));
            case EQUAL -> Optional.of(RealSet.of(Piece.point(bound)));
            case NOT_EQUAL -> RealSet.of(Piece.point(bound)).complement();
            case APPROXIMATELY,
                    EQUIVALENT,
                    ELEMENT_OF,
                    NOT_ELEMENT_OF,
                    SUBSET,
                    DIVIDES,
                    NOT_DIVIDES,
                    MAPS_TO,
                    IMPLIES,
                    PARALLEL,
                    PERPENDICULAR,
                    SIMILAR,
                    CONGRUENT,
                    PROPORTIONAL -> Optional.empty();
        };
    }

    /** {@code |u| < c} is {@code -c < u < c}; {@code |u| > c} is what remains. */
    private Optional<RealSet> absolute(Node inner, Sign sign, Node bound) {
        return switch (sign) {
            case LESS, LESS_OR_EQUAL -> between(inner, sign, bound);
            case GREATER -> between(inner, Sign.LESS_OR_EQUAL, bound).flatMap(RealSet::complement);
            case GREATER_OR_EQUAL -> between(inner, Sign.LESS, bound).flatMap(RealSet::complement);
            case NOT_EQUAL -> points(inner, bound).flatMap(RealSet::complement);
            default -> sign == Sign.EQUAL ? points(inner, bound) : Optional.empty();
        };
    }

    private Optional<RealSet> between(Node inner, Sign sign, Node bound) {
        Optional<RealSet> above = isolated(inner, Signs.flipped(sign), Trees.negated(bound));
        Optional<RealSet> below = isolated(inner, sign, bound);
        return above.flatMap(a -> below.flatMap(b -> a.intersection(b, order)));
    }

    private Optional<RealSet> points(Node inner, Node bound) {
        Optional<RealSet> negative = isolated(inner, Sign.EQUAL, Trees.negated(bound));
        Optional<RealSet> positive = isolated(inner, Sign.EQUAL, bound);
        OptionalInt boundSign = scalars.sign(bound);
        if (negative.isEmpty() || positive.isEmpty() || boundSign.isEmpty() || boundSign.getAsInt() < 0) {
            return Optional.empty();
        }
        List<Piece> both = List.of(
                negative.get().pieces().getFirst(), positive.get().pieces().getFirst());
        return Optional.of(RealSet.union(both, order));
    }

    /** {@code c0 + c1 x} compared with zero. */
    private Optional<RealSet> linear(Node difference, Sign sign) {
        if (!(unknown instanceof Node.Symbol symbol)) {
            return Optional.empty();
        }
        Node constant = Trees.substitute(difference, symbol.name(), Trees.number(0));
        Node slope = Trees.difference(Trees.substitute(difference, symbol.name(), Trees.number(1)), constant);
        OptionalInt slopeSign = scalars.sign(slope);
        if (slopeSign.isEmpty() || slopeSign.getAsInt() == 0) {
            return quadratic(difference, symbol, sign);
        }
        Node line = new Node.Sum(List.of(new Node.Product(List.of(slope, unknown)), constant));
        if (!(scalars.compare(difference, line) instanceof Equality.Equal)) {
            return quadratic(difference, symbol, sign);
        }
        Node bound = scalars.exact(Trees.quotient(Trees.negated(constant), slope))
                .map(Trees::number)
                .orElseGet(() -> Trees.quotient(Trees.negated(constant), slope));
        return halfLine(bound, slopeSign.getAsInt() > 0 ? sign : Signs.flipped(sign));
    }

    private Optional<RealSet> quadratic(Node difference, Node.Symbol symbol, Sign sign) {
        return quadratics
                ? Quadratic.of(difference, symbol, scalars).flatMap(q -> q.where(sign, order))
                : Optional.empty();
    }

    private boolean mentions(Node node) {
        return Trees.contains(node, unknown::equals);
    }
}
