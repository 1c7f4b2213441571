package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Bounded;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.algebra.Form.Product;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.algebra.Form.Unknown;
import dev.cooper.mathverifier.algebra.Form.Variable;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The value of a form at a point, within bounds. */
final class Evaluator<R> {
    /** Of a sum whose bounds depend on the point. */
    private static final long MOST_TERMS = 200;

    private static final long LARGEST_FACTORIAL = 400;
    private static final double WHOLE = 1e-6;

    private final ComplexArithmetic<R> complex;
    private final RealArithmetic<R> real;
    private final Work work;

    Evaluator(RealArithmetic<R> real, boolean realOnly, Work work) {
        this.complex = new ComplexArithmetic<>(real, realOnly);
        this.real = real;
        this.work = work;
    }

    ComplexArithmetic<R> complex() {
        return complex;
    }

    Complex<R> value(Form form, @Nullable Scope<R> scope) {
        work.step();
        return switch (form) {
            case Exact x -> complex.of(x.value);
            case Named named -> constant(named);
            case Infinite _ -> throw NoValueException.UNDEFINED;
            case Variable variable -> Scope.find(scope, variable.name);
            case Total total -> total(total, scope);
            case Product product -> {
                Complex<R> result = value(product.factors[0], scope);
                for (int i = 1; i < product.factors.length; i++) {
                    result = complex.multiply(result, value(product.factors[i], scope));
                }
                yield result;
            }
            case Power power -> power(power, scope);
            case Applied applied -> apply(applied, scope);
            case Unknown unknown -> complex.ofReal(real.chosen(key(unknown, scope)));
            case Bounded bounded -> bounded(bounded, scope);
        };
    }

    private Complex<R> constant(Named named) {
        return switch (named.name) {
            case PI -> complex.ofReal(real.pi());
            case E -> complex.ofReal(real.e());
            case I -> complex.imaginaryUnit();
            case INFINITY, UNDEFINED -> throw NoValueException.UNDEFINED;
        };
    }

    private Complex<R> total(Total total, @Nullable Scope<R> scope) {
        Complex<R> sum = complex.of(total.constant);
        for (int i = 0; i < total.terms.length; i++) {
            sum = complex.add(sum, complex.scale(value(total.terms[i], scope), total.coefficients[i]));
        }
        return sum;
    }

    private Complex<R> power(Power power, @Nullable Scope<R> scope) {
        Complex<R> base = value(power.base, scope);
        if (power.exponent instanceof Exact x) {
            return complex.power(base, x.value);
        }
        if (power.base == Named.E) {
            return complex.exp(value(power.exponent, scope));
        }
        Complex<R> exponent = value(power.exponent, scope);
        if (complex.isReal(base) && complex.isReal(exponent) && real.sign(base.re()) != 1) {
            return complex.power(base, Rational.of(integer(exponent)));
        }
        return complex.power(base, exponent);
    }

    private Complex<R> apply(Applied applied, @Nullable Scope<R> scope) {
        Complex<R> first = value(applied.arguments[0], scope);
        return switch (applied.operation) {
            case SIN -> complex.sin(first);
            case COS -> complex.cos(first);
            case ARCSIN -> complex.arcsin(first);
            case ARCTAN -> complex.arctan(first);
            case LN -> complex.ln(first);
            case ABS -> complex.ofReal(complex.modulus(first));
            case ARG -> complex.ofReal(complex.argument(first));
            case CONJUGATE -> complex.conjugate(first);
            case SIGN -> complex.of(Rational.of(clearSign(first)));
            case FLOOR -> complex.of(Rational.of(floor(applied.arguments[0], first, scope)));
            case FACTORIAL -> complex.of(Rational.of(factorial(integer(first), 1)));
            case DOUBLE_FACTORIAL -> complex.of(Rational.of(factorial(integer(first), 2)));
            case GCD, LCM -> complex.of(Rational.of(divisor(applied, scope)));
            case MIN, MAX -> extreme(applied, first, scope);
        };
    }

    private int clearSign(Complex<R> z) {
        int sign = complex.isReal(z) ? real.sign(z.re()) : RealArithmetic.UNCLEAR;
        if (sign == RealArithmetic.UNCLEAR) {
            throw NoValueException.UNKNOWN;
        }
        return sign;
    }

    private BigInteger floor(Form argument, Complex<R> z, @Nullable Scope<R> scope) {
        Rational exact = new ExactPoint(work).value(argument, scope);
        if (exact != null) {
            return exact.floor();
        }
        double middle = real.middle(z.re());
        double radius = real.radius(z.re());
        double floor = Math.floor(middle);
        if (!complex.isReal(z)
                || !(Math.abs(middle) < 1e15)
                || middle - radius < floor
                || middle + radius >= floor + 1) {
            throw NoValueException.UNKNOWN;
        }
        return BigInteger.valueOf((long) floor);
    }

    /**
     * Bounds cannot prove that a number is whole: it is taken as such where they leave room for nothing else nearby.
     */
    private BigInteger integer(Complex<R> z) {
        double middle = real.middle(z.re());
        double whole = Math.rint(middle);
        if (!complex.isReal(z)
                || !(Math.abs(middle) < 1e9)
                || real.radius(z.re()) > WHOLE
                || Math.abs(middle - whole) > real.radius(z.re()) + Math.abs(whole) * 0x1p-50) {
            throw NoValueException.UNKNOWN;
        }
        return BigInteger.valueOf((long) whole);
    }

    private BigInteger factorial(BigInteger n, int step) {
        if (n.signum() < 0 || n.longValue() > LARGEST_FACTORIAL) {
            throw n.signum() < 0 ? NoValueException.UNDEFINED : NoValueException.UNKNOWN;
        }
        BigInteger product = BigInteger.ONE;
        for (long factor = n.longValue(); factor > 1; factor -= step) {
            product = product.multiply(BigInteger.valueOf(factor));
        }
        work.step(n.intValue() / 8);
        return product;
    }

    private BigInteger divisor(Applied applied, @Nullable Scope<R> scope) {
        BigInteger result = integer(value(applied.arguments[0], scope)).abs();
        for (int i = 1; i < applied.arguments.length; i++) {
            BigInteger next = integer(value(applied.arguments[i], scope)).abs();
            BigInteger common = result.gcd(next);
            boolean least = applied.operation == Form.Operation.LCM && common.signum() != 0;
            result = least ? result.divide(common).multiply(next) : common;
        }
        return result;
    }

    private Complex<R> extreme(Applied applied, Complex<R> first, @Nullable Scope<R> scope) {
        Complex<R> best = first;
        for (int i = 1; i < applied.arguments.length; i++) {
            Complex<R> next = value(applied.arguments[i], scope);
            int sign = clearSign(complex.add(next, complex.negate(best)));
            if (applied.operation == Form.Operation.MAX ? sign > 0 : sign < 0) {
                best = next;
            }
        }
        return best;
    }

    /** Equal arguments give equal values: they are compared to 30 bits, which is enough to tell points apart. */
    private long key(Unknown unknown, @Nullable Scope<R> scope) {
        long key = Seeds.of(unknown.name);
        for (Form argument : unknown.arguments) {
            Complex<R> value = value(argument, scope);
            key = Seeds.combine(key, rounded(value.re()));
            key = Seeds.combine(key, rounded(value.im()));
        }
        return key;
    }

    private long rounded(R value) {
        double middle = real.middle(value);
        if (Math.abs(middle) <= real.radius(value)) {
            return 0;
        }
        return (Double.doubleToLongBits(middle) + (1L << 21)) >> 22;
    }

    private Complex<R> bounded(Bounded bounded, @Nullable Scope<R> scope) {
        if (!bounded.kind.evaluated) {
            throw NoValueException.NOT_SCALAR;
        }
        BigInteger lower = integer(value(bounded.bounds.get(0), scope));
        BigInteger upper = integer(value(bounded.bounds.get(1), scope));
        long count = upper.subtract(lower).longValue() + 1;
        if (count > MOST_TERMS) {
            throw NoValueException.TERMS;
        }
        boolean sum = bounded.kind == Bounded.Kind.SUM;
        Complex<R> result = complex.of(sum ? Rational.ZERO : Rational.ONE);
        for (long i = 0; i < count; i++) {
            Complex<R> at = complex.of(Rational.of(lower.longValue() + i));
            Complex<R> term =
                    value(bounded.body, new Scope<>(bounded.variable, at, Rational.of(lower.longValue() + i), scope));
            result = sum ? complex.add(result, term) : complex.multiply(result, term);
        }
        return result;
    }
}
