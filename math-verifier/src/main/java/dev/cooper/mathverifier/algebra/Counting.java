package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Factorials, binomials and divisors. */
final class Counting {
    /** Of factorials that are written out, beside the bits that the budget allows. */
    private static final int LONGEST_SHIFT = 40;

    private final Algebra algebra;

    Counting(Algebra algebra) {
        this.algebra = algebra;
    }

    /** {@code (n+2)!} is {@code n!(n+1)(n+2)}; half-integers by Γ(1/2) = √π. */
    Form factorial(Form operand) {
        if (operand instanceof Exact x) {
            return exactFactorial(x);
        }
        if (operand instanceof Total total && total.constant.isInteger() && !total.constant.isZero()) {
            BigInteger shift = total.constant.numerator();
            if (shift.abs().compareTo(BigInteger.valueOf(LONGEST_SHIFT)) <= 0) {
                return shifted(algebra.withoutConstant(total), shift.intValue());
            }
        }
        return new Applied(Operation.FACTORIAL, operand);
    }

    private Form shifted(Form base, int shift) {
        List<Form> factors = new ArrayList<>();
        factors.add(new Applied(Operation.FACTORIAL, base));
        for (int i = 1; i <= Math.abs(shift); i++) {
            factors.add(
                    shift > 0 ? algebra.add(base, Exact.of(i)) : algebra.power(algebra.add(base, Exact.of(1 - i)), -1));
        }
        return algebra.multiply(factors);
    }

    private Form exactFactorial(Exact operand) {
        Rational value = operand.value;
        if (value.isInteger()) {
            if (value.signum() < 0) {
                throw NoValueException.UNDEFINED;
            }
            return value.bits() > 31 || isTooLong(value.numerator().longValue())
                    ? new Applied(Operation.FACTORIAL, operand)
                    : new Exact(Rational.of(product(1, value.numerator().longValue(), 1)));
        }
        Rational doubled = value.plus(value);
        if (doubled.isInteger() && doubled.bits() < 8) {
            // Γ(n + 1/2) = (2n−1)!!/2^n √π for n >= 0; below, divided by what is missing.
            Form result = algebra.squareRoot(Named.PI);
            for (Rational at = Rational.of(-1, 2); at.compareTo(value) < 0; ) {
                at = at.plus(Rational.ONE);
                result = algebra.scale(result, at);
            }
            for (Rational at = Rational.of(-1, 2); at.compareTo(value) > 0; at = at.minus(Rational.ONE)) {
                result = algebra.scale(result, at.reciprocal());
            }
            return result;
        }
        return new Applied(Operation.FACTORIAL, operand);
    }

    Form doubleFactorial(Form operand) {
        if (operand instanceof Exact x) {
            if (!x.value.isInteger() || x.value.compareTo(Algebra.MINUS_ONE) < 0) {
                throw NoValueException.UNDEFINED;
            }
            if (x.value.bits() <= 31 && !isTooLong(x.value.numerator().longValue())) {
                long n = x.value.numerator().longValue();
                return new Exact(Rational.of(product(n % 2 == 0 ? 2 : 1, n, 2)));
            }
        }
        return new Applied(Operation.DOUBLE_FACTORIAL, operand);
    }

    private boolean isTooLong(long n) {
        double bits = n * (Math.log(n + 1.0) - 1) / Math.log(2);
        return bits > algebra.work.budget().bits();
    }

    /** from · (from + by) · ... up to at most to, in halves, so that factors stay about as long as each other. */
    private BigInteger product(long from, long to, long by) {
        algebra.work.step();
        if (from > to) {
            return BigInteger.ONE;
        }
        long count = (to - from) / by + 1;
        if (count <= 4) {
            BigInteger product = BigInteger.valueOf(from);
            for (long factor = from + by; factor <= to; factor += by) {
                product = product.multiply(BigInteger.valueOf(factor));
            }
            return product;
        }
        long middle = from + (count / 2) * by;
        return product(from, middle - by, by).multiply(product(middle, to, by));
    }

    Form binomial(Form n, Form k) {
        if (k instanceof Exact lower && lower.value.isInteger()) {
            if (lower.value.signum() < 0) {
                return Exact.ZERO;
            }
            if (n instanceof Exact upper && upper.value.isInteger() && upper.value.signum() >= 0) {
                Rational mirrored = upper.value.minus(lower.value);
                if (mirrored.signum() < 0) {
                    return Exact.ZERO;
                }
                return choose(n, mirrored.compareTo(lower.value) < 0 ? new Exact(mirrored) : lower);
            }
            return choose(n, lower);
        }
        return algebra.divide(factorial(n), algebra.multiply(factorial(k), factorial(algebra.subtract(n, k))));
    }

    /** k is a non-negative integer. */
    private Form choose(Form n, Exact k) {
        int limit = n instanceof Exact ? algebra.work.budget().terms() : LONGEST_SHIFT;
        if (k.value.compareTo(Rational.of(limit)) > 0) {
            return algebra.divide(factorial(n), algebra.multiply(factorial(k), factorial(algebra.subtract(n, k))));
        }
        int count = k.value.numerator().intValue();
        if (n instanceof Exact x && x.value.isInteger() && x.value.signum() >= 0 && x.value.bits() < 62) {
            long top = x.value.numerator().longValue();
            algebra.work.checkBits((long) count * x.value.bits());
            BigInteger product = product(top - count + 1, top, 1);
            return new Exact(algebra.work.charge(Rational.of(product.divide(product(1, count, 1)))));
        }
        List<Form> factors = new ArrayList<>(count + 1);
        for (int i = 0; i < count; i++) {
            factors.add(algebra.subtract(n, Exact.of(i)));
        }
        factors.add(new Exact(Rational.of(product(1, count, 1)).reciprocal()));
        return algebra.multiply(factors);
    }

    Form permutations(Form n, Form k) {
        if (n instanceof Exact upper && k instanceof Exact lower && upper.value.compareTo(lower.value) < 0) {
            return Exact.ZERO;
        }
        if (k instanceof Exact lower && lower.value.isInteger() && lower.value.signum() >= 0) {
            return algebra.multiply(binomial(n, k), factorial(k));
        }
        return algebra.divide(factorial(n), factorial(algebra.subtract(n, k)));
    }

    Form divisor(List<Form> arguments, boolean least) {
        BigInteger result = least ? BigInteger.ONE : BigInteger.ZERO;
        for (Form argument : arguments) {
            if (!(argument instanceof Exact x) || !x.value.isInteger()) {
                return new Applied(
                        least ? Operation.LCM : Operation.GCD,
                        arguments.stream().sorted(FormOrder::compare).toArray(Form[]::new));
            }
            BigInteger next = x.value.numerator().abs();
            algebra.work.charge(x.value);
            BigInteger common = result.gcd(next);
            if (!least) {
                result = common;
            } else if (common.signum() == 0) {
                result = BigInteger.ZERO;
            } else {
                result = result.divide(common).multiply(next);
            }
        }
        return new Exact(algebra.work.charge(Rational.of(result)));
    }
}
