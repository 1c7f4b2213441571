package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.UndecidedReason;
import dev.cooper.mathverifier.algebra.Equality;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Unions of arithmetic progressions {@code a + bk} over all integers. In units of the first period the periods are
 * rational; each progression is cut into those of the common period, and two unions are the same if they have the same
 * offsets modulo that.
 */
final class Progressions {
    private static final BigInteger MOST_OFFSETS = BigInteger.valueOf(720);

    private final Comparer comparer;
    private final Node.Symbol parameter;

    Progressions(Comparer comparer, Node.Symbol parameter) {
        this.comparer = comparer;
        this.parameter = parameter;
    }

    /** Offset from the first progression's and period, both in units of the first period. */
    private record Steps(Rational offset, Rational period) {}

    Comparison compare(List<Node> wanted, List<Node> given) {
        Node first = wanted.getFirst();
        Node unit = Trees.difference(at(first, 1), at(first, 0));
        Optional<List<Steps>> left = steps(wanted, at(first, 0), unit);
        Optional<List<Steps>> right = left.isEmpty() ? Optional.empty() : steps(given, at(first, 0), unit);
        if (left.isEmpty() || right.isEmpty()) {
            return Outcomes.unsettled(UndecidedReason.IN_DOUBT, "families that are no arithmetic progressions");
        }
        List<Steps> all = new ArrayList<>(left.get());
        all.addAll(right.get());
        Rational period = commonPeriod(all);
        if (all.stream().anyMatch(s -> count(s, period).compareTo(MOST_OFFSETS) > 0)) {
            return Outcomes.unsettled(UndecidedReason.BUDGET_EXCEEDED, "periods too far apart");
        }
        return offsets(left.get(), period).equals(offsets(right.get(), period))
                ? Outcomes.equal(Rule.SAME_FAMILY, "the same offsets modulo the same period")
                : Outcomes.differentValue("other offsets or another period");
    }

    private Optional<List<Steps>> steps(List<Node> bodies, Node origin, Node unit) {
        List<Steps> steps = new ArrayList<>();
        for (Node body : bodies) {
            Node start = at(body, 0);
            Node period = Trees.difference(at(body, 1), start);
            Optional<Rational> ratio = comparer.scalars().exact(Trees.quotient(period, unit));
            Optional<Rational> offset = comparer.scalars().exact(Trees.quotient(Trees.difference(start, origin), unit));
            if (ratio.isEmpty() || offset.isEmpty() || ratio.get().isZero() || !isLinear(body, start, period)) {
                return Optional.empty();
            }
            steps.add(new Steps(offset.get(), ratio.get().abs()));
        }
        return Optional.of(steps);
    }

    private boolean isLinear(Node body, Node start, Node period) {
        Node line = new Node.Sum(List.of(start, new Node.Product(List.of(period, parameter))));
        return comparer.scalars().compare(body, line) instanceof Equality.Equal;
    }

    private Node at(Node body, long value) {
        return Trees.substitute(body, parameter.name(), Trees.number(value));
    }

    /** The least number that is a whole multiple of every period. */
    private static Rational commonPeriod(List<Steps> steps) {
        BigInteger numerator = BigInteger.ONE;
        BigInteger denominator = BigInteger.ZERO;
        for (Steps step : steps) {
            BigInteger n = step.period().numerator();
            numerator = numerator.divide(numerator.gcd(n)).multiply(n);
            denominator = denominator.gcd(step.period().denominator());
        }
        return new Rational(numerator, denominator);
    }

    private static BigInteger count(Steps steps, Rational period) {
        return period.times(steps.period().reciprocal()).numerator();
    }

    private static Set<Rational> offsets(List<Steps> progressions, Rational period) {
        Set<Rational> offsets = new HashSet<>();
        for (Steps steps : progressions) {
            int count = count(steps, period).intValue();
            for (int i = 0; i < count; i++) {
                Rational offset = steps.offset().plus(steps.period().times(Rational.of(i)));
                offsets.add(modulo(offset, period));
            }
        }
        return offsets;
    }

    private static Rational modulo(Rational value, Rational period) {
        Rational quotient = value.times(period.reciprocal());
        BigInteger[] parts = quotient.numerator().divideAndRemainder(quotient.denominator());
        BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return value.plus(period.times(new Rational(floor, BigInteger.ONE)).negate());
    }
}
