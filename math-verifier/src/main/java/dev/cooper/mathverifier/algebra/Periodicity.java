package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Bounded;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.algebra.Form.Unknown;
import dev.cooper.mathverifier.algebra.Form.Variable;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * How many consecutive points tell two forms with floors apart. On the integers of one residue class by the period a
 * floor of a polynomial with rational coefficients is a polynomial; so a difference of such forms that is 0 at
 * {@code degree + 1} points of each class is 0.
 */
final class Periodicity {
    /** Beyond this no points are tried anyway. */
    private static final long LARGEST = 1_000_000;

    /** For roots, logarithms, factorials: no bound is known, but they seldom have as many zeros. */
    private static final int DEGREE_OF_OTHERS = 3;

    private final Set<String> stepped;
    private final Set<String> reals;
    private boolean known = true;
    private long fineness = 1;

    /**
     * @param stepped the variables that floors depend on
     * @param reals those of them that are not integers only
     */
    Periodicity(Set<String> stepped, Set<String> reals) {
        this.stepped = stepped;
        this.reals = reals;
    }

    /** Points for each variable; more than can be tried if no number suffices. */
    long points(Form a, Form b) {
        Shape difference = joined(shape(a), shape(b));
        return known ? capped(difference.period * (difference.degree + 1L) * difference.bases) : LARGEST;
    }

    /** Of real variables: every jump is at a multiple of the reciprocal. */
    long fineness() {
        return fineness;
    }

    private Shape shape(Form form) {
        return switch (form) {
            case Exact x -> new Shape(1, small(x.value.denominator()), 0, 1, true);
            case Named _, Infinite _ -> Shape.CONSTANT;
            case Variable variable ->
                stepped.contains(variable.name) || variable.name.startsWith("\0")
                        ? new Shape(1, 1, 1, 1, true)
                        : Shape.CONSTANT;
            case Total total -> total(total);
            case Product product -> {
                Shape shape = shape(product.factors[0]);
                for (int i = 1; i < product.factors.length; i++) {
                    shape = multiplied(shape, shape(product.factors[i]));
                }
                yield shape;
            }
            case Power power -> power(power);
            case Applied applied -> applied(applied);
            case Unknown unknown -> other(List.of(unknown.arguments));
            case Bounded bounded -> bounded(bounded);
        };
    }

    private Shape total(Total total) {
        Shape sum = shape(new Exact(total.constant));
        for (int i = 0; i < total.terms.length; i++) {
            sum = joined(sum, multiplied(shape(new Exact(total.coefficients[i])), shape(total.terms[i])));
        }
        return sum;
    }

    private Shape power(Power power) {
        Shape base = shape(power.base);
        Shape exponent = shape(power.exponent);
        if (power.exponent instanceof Exact x) {
            boolean polynomial = x.value.isInteger() && x.value.signum() > 0 && x.value.bits() < 8;
            if (!polynomial) {
                return base.isConstant() ? Shape.CONSTANT : other(List.of(power.base));
            }
            Shape result = base;
            for (int i = 1; i < x.value.numerator().intValue(); i++) {
                result = multiplied(result, base);
            }
            return result;
        }
        if (!base.isConstant()) {
            return other(List.of(power.base, power.exponent));
        }
        boolean negative = power.base instanceof Exact x && x.value.signum() < 0;
        boolean turns = negative || power.base.has(Form.IMAGINARY);
        boolean unit = power.base instanceof Exact x && x.value.equals(Algebra.MINUS_ONE);
        long period = turns ? capped(4 * exponent.denominator * exponent.period) : exponent.period;
        return new Shape(period, 1, 0, unit ? 1 : 2, unit && exponent.rational);
    }

    private Shape applied(Applied applied) {
        if (applied.operation == Operation.FLOOR) {
            return floor(applied.arguments[0]);
        }
        if (applied.operation != Operation.GCD && applied.operation != Operation.LCM) {
            return other(List.of(applied.arguments));
        }
        Shape result = new Shape(1, 1, 0, 1, true);
        int varying = 0;
        for (Form argument : applied.arguments) {
            Shape shape = shape(argument);
            varying += shape.isConstant() ? 0 : 1;
            long modulus =
                    argument instanceof Exact x ? small(x.value.numerator().abs()) : shape.denominator;
            known &= shape.isPolynomial();
            result = new Shape(
                    capped(result.period * shape.period * modulus), 1, Math.max(result.degree, shape.degree), 1, true);
        }
        known &= varying < 2;
        return result;
    }

    private Shape floor(Form argument) {
        Shape shape = shape(argument);
        if (shape.isConstant()) {
            return Shape.CONSTANT;
        }
        known &= shape.isPolynomial();
        Set<String> variables = Symbols.of(argument);
        if (variables.stream().anyMatch(reals::contains)) {
            known &= shape.degree < 2;
            long numerators = 1;
            if (argument instanceof Total total) {
                for (Rational coefficient : total.coefficients) {
                    numerators =
                            common(numerators, small(coefficient.numerator().abs()));
                }
            }
            fineness = common(fineness, capped(numerators * shape.denominator));
        }
        return new Shape(capped(shape.denominator * shape.period), 1, shape.degree, 1, true);
    }

    private Shape bounded(Bounded bounded) {
        if (!bounded.kind.evaluated) {
            return other(List.of(bounded.body));
        }
        Shape body = shape(bounded.body);
        Shape limits = joined(shape(bounded.bounds.get(0)), shape(bounded.bounds.get(1)));
        long period = capped(body.period * limits.period * limits.denominator);
        if (bounded.kind == Bounded.Kind.PRODUCT || body.bases > 1) {
            return new Shape(period, 1, body.degree + DEGREE_OF_OTHERS, body.bases + 1, false);
        }
        int degree = body.degree * Math.max(1, limits.degree) + limits.degree;
        // The coefficients of sums of powers have Bernoulli's denominators.
        return new Shape(period, 1, degree, 1, false);
    }

    private Shape other(List<Form> parts) {
        Shape result = Shape.CONSTANT;
        for (Form part : parts) {
            result = joined(result, shape(part));
        }
        return result.isConstant()
                ? Shape.CONSTANT
                : new Shape(
                        capped(result.period * result.denominator),
                        1,
                        result.degree + DEGREE_OF_OTHERS,
                        result.bases,
                        false);
    }

    private static Shape joined(Shape a, Shape b) {
        int bases = a.bases == 1 || b.bases == 1 ? Math.max(a.bases, b.bases) : a.bases + b.bases;
        return new Shape(
                common(a.period, b.period),
                common(a.denominator, b.denominator),
                Math.max(a.degree, b.degree),
                bases,
                a.rational && b.rational);
    }

    private static Shape multiplied(Shape a, Shape b) {
        return new Shape(
                common(a.period, b.period),
                capped(a.denominator * b.denominator),
                Math.min(a.degree + b.degree, (int) LARGEST),
                (int) capped((long) a.bases * b.bases),
                a.rational && b.rational);
    }

    private static long small(BigInteger positive) {
        return positive.bitLength() > 20 ? LARGEST : Math.max(1, capped(positive.longValue()));
    }

    private static long capped(long value) {
        return Math.min(value, LARGEST);
    }

    private static long common(long a, long b) {
        long divisor = BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValue();
        return capped(a / Math.max(1, divisor) * b);
    }

    /**
     * @param period how far values of the same polynomial lie apart
     * @param denominator common to its coefficients, with floors taken for variables
     * @param bases of exponentials
     * @param rational whether its coefficients are
     */
    private record Shape(long period, long denominator, int degree, int bases, boolean rational) {
        static final Shape CONSTANT = new Shape(1, 1, 0, 1, false);

        boolean isConstant() {
            return period == 1 && degree == 0 && bases == 1;
        }

        boolean isPolynomial() {
            return rational && bases == 1;
        }
    }
}
