package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.algebra.Approximation;
import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.algebra.Scalar;
import dev.cooper.mathverifier.algebra.ScalarEquality;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the rules of structure ask about scalars, for one comparison: each expression is made ready once, and questions
 * are counted. Not shared between threads.
 */
final class Scalars {
    /** Questions of one comparison: enough for two lists of 25 expressions without a common element. */
    private static final int QUESTIONS = 700;

    /** Digits by which numbers are told apart, and what counts as apart. */
    private static final int DIGITS = 10;

    private static final BigDecimal TOLERANCE = new BigDecimal("1e-8");

    private final ScalarEquality equality;
    private final IdentityHashMap<Node, Scalar> prepared = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Optional<BigDecimal>> values = new IdentityHashMap<>();
    private int questions = QUESTIONS;

    Scalars(ScalarEquality equality) {
        this.equality = equality;
    }

    /** Whether two scalars have the same value wherever both are real. */
    Equality compare(Node reference, Node answer) {
        if (reference instanceof Node.Numeral left && answer instanceof Node.Numeral right) {
            return left.value().equals(right.value())
                    ? new Equality.Equal(Equality.Method.EXACT_VALUE)
                    : new Equality.Different("the exact values differ");
        }
        return isExhausted()
                ? new Equality.Unsettled(Equality.Cause.BUDGET, "more than " + QUESTIONS + " expressions to compare")
                : equality.compare(prepared(reference), prepared(answer));
    }

    /** Whether one scalar is a constant multiple of another. */
    Proportion proportion(Node reference, Node answer) {
        if (isExhausted()) {
            return Proportion.NOT_FOUND;
        }
        return equality.proportional(prepared(reference), prepared(answer))
                .map(factor -> switch (factor.sign()) {
                    case 1 -> Proportion.POSITIVE;
                    case -1 -> Proportion.NEGATIVE;
                    default -> Proportion.NOT_REAL;
                })
                .orElse(Proportion.NOT_FOUND);
    }

    /** The exact rational value, if it has one that is found cheaply. */
    Optional<Rational> exact(Node node) {
        if (node instanceof Node.Numeral numeral) {
            return Optional.of(numeral.value());
        }
        return isExhausted() ? Optional.empty() : prepared(node).exact();
    }

    /** The sign of a real number; empty if unknown or if it depends on a variable. */
    OptionalInt sign(Node node) {
        return isExhausted() ? OptionalInt.empty() : equality.sign(node);
    }

    /** A real number to {@code digits} significant digits. */
    Optional<BigDecimal> approximate(Node node, int digits) {
        return isExhausted()
                ? Optional.empty()
                : equality.approximate(prepared(node), digits).map(Approximation::value);
    }

    /** Which of two real numbers is greater; empty if unknown. */
    OptionalInt order(Node left, Node right) {
        Optional<BigDecimal> near = left instanceof Node.Numeral && right instanceof Node.Numeral
                ? Optional.empty()
                : value(left, Map.of());
        Optional<BigDecimal> far = near.isEmpty() ? near : value(right, Map.of());
        if (far.isPresent() && areApart(near.orElseThrow(), far.get())) {
            return OptionalInt.of(near.get().compareTo(far.get()));
        }
        if (left instanceof Node.Numeral l && right instanceof Node.Numeral r) {
            return OptionalInt.of(l.value().compareTo(r.value()));
        }
        return isExhausted() ? OptionalInt.empty() : equality.order(prepared(left), prepared(right));
    }

    /**
     * Whether two expressions differ at one point, each evaluated there once however often it is asked for: quick to
     * tell elements of long lists apart. False if that is not known.
     */
    boolean differAtAPoint(Node left, Node right) {
        Optional<BigDecimal> l = value(left, pointFor(left));
        Optional<BigDecimal> r = l.isEmpty() ? l : value(right, pointFor(right));
        return r.isPresent() && areApart(l.orElseThrow(), r.get());
    }

    private static Map<String, Node> pointFor(Node node) {
        Map<String, Node> point = new HashMap<>();
        // Positive and different for most names, so that most expressions have a value there.
        Trees.symbols(node)
                .forEach(name ->
                        point.put(name, Trees.number(Rational.of(Math.floorMod(name.hashCode(), 97) + 10L, 7))));
        return point;
    }

    private Optional<BigDecimal> value(Node node, Map<String, Node> point) {
        Optional<BigDecimal> known = values.get(node);
        if (known == null) {
            known = equality.approximate(equality.prepare(node, point), DIGITS).map(Approximation::value);
            values.put(node, known);
        }
        return known;
    }

    private static boolean areApart(BigDecimal left, BigDecimal right) {
        BigDecimal scale = left.abs().max(right.abs());
        return left.subtract(right).abs().compareTo(scale.multiply(TOLERANCE)) > 0;
    }

    private Scalar prepared(Node node) {
        return prepared.computeIfAbsent(node, equality::prepare);
    }

    private boolean isExhausted() {
        return --questions < 0;
    }

    /** The answer to {@link #proportion}. */
    enum Proportion {
        /** By a factor greater than zero. */
        POSITIVE,
        /** By a factor less than zero. */
        NEGATIVE,
        /** By a factor that is no real number. */
        NOT_REAL,
        /** There is no such factor, or none that is proven. */
        NOT_FOUND
    }
}
