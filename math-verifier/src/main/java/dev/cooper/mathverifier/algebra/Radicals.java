package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Power;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Powers of exact numbers: exact where they are, else powers of primes with exponents between 0 and 1. */
final class Radicals {
    private final Algebra algebra;

    Radicals(Algebra algebra) {
        this.algebra = algebra;
    }

    Form power(Exact base, Rational exponent) {
        Rational value = base.value;
        if (value.isZero()) {
            if (exponent.signum() <= 0) {
                throw NoValueException.UNDEFINED;
            }
            return Exact.ZERO;
        }
        if (value.equals(Rational.ONE)) {
            return Exact.ONE;
        }
        if (exponent.isInteger()) {
            return integerPower(base, exponent.numerator());
        }
        if (value.signum() < 0) {
            return ofNegative(value, exponent);
        }
        List<Form> factors = new ArrayList<>();
        split(value.numerator(), new Exact(exponent), factors);
        split(value.denominator(), new Exact(exponent.negate()), factors);
        return factors.size() == 1 ? factors.getFirst() : algebra.multiply(factors);
    }

    /** An exponent that is no number: {@code 6^n} is {@code 2^n 3^n}, {@code 4^n} is {@code 2^{2n}}. */
    Form power(Exact base, Form exponent) {
        Rational value = base.value;
        if (value.isZero()) {
            throw NoValueException.UNKNOWN;
        }
        if (value.equals(Rational.ONE)) {
            Constants.requireValue(exponent);
            return Exact.ONE;
        }
        List<Form> factors = new ArrayList<>();
        if (value.signum() < 0) {
            factors.add(new Power(Exact.of(-1), exponent));
            value = value.negate();
        }
        split(value.numerator(), exponent, factors);
        split(value.denominator(), algebra.negate(exponent), factors);
        return factors.size() == 1 ? factors.getFirst() : algebra.multiply(factors);
    }

    private Form integerPower(Exact base, BigInteger exponent) {
        Rational value = base.value;
        if (value.equals(Algebra.MINUS_ONE)) {
            return exponent.testBit(0) ? base : Exact.ONE;
        }
        long bits = value.bits();
        int limit = algebra.work.budget().bits();
        if (exponent.bitLength() > 31 || bits * Math.abs(exponent.longValue()) > limit + bits) {
            return new Power(base, new Exact(Rational.of(exponent)));
        }
        int power = exponent.intValue();
        Rational result = value.pow(Math.abs(power));
        return new Exact(algebra.work.charge(power < 0 ? result.reciprocal() : result));
    }

    private Form ofNegative(Rational value, Rational exponent) {
        Form magnitude = power(new Exact(value.negate()), exponent);
        if (exponent.denominator().testBit(0)) {
            return exponent.numerator().testBit(0) ? algebra.negate(magnitude) : magnitude;
        }
        if (exponent.denominator().equals(BigInteger.TWO)) {
            Form root = algebra.power(Named.I, new Exact(Rational.of(exponent.numerator())));
            return algebra.multiply(magnitude, root);
        }
        // A principal value: e^{iπ p/q}.
        Form angle = algebra.multiply(Named.I, algebra.scale(Named.PI, exponent));
        return algebra.multiply(magnitude, algebra.power(Named.E, angle));
    }

    private void split(BigInteger number, Form exponent, List<Form> into) {
        if (number.equals(BigInteger.ONE)) {
            return;
        }
        for (Primes.Factor factor : Primes.factor(number, algebra.work)) {
            into.add(primePower(factor.prime(), algebra.scale(exponent, Rational.of(factor.multiplicity()))));
        }
    }

    private Form primePower(BigInteger prime, Form exponent) {
        if (!(exponent instanceof Exact x)) {
            return new Power(new Exact(Rational.of(prime)), exponent);
        }
        BigInteger whole = x.value.floor();
        Rational fraction = x.value.minus(Rational.of(whole));
        Form outside = integerPower(new Exact(Rational.of(prime)), whole);
        if (fraction.isZero()) {
            return outside;
        }
        Power radical = new Power(new Exact(Rational.of(prime)), new Exact(fraction));
        return outside instanceof Exact y ? algebra.scale(radical, y.value) : new Power(radical.base, exponent);
    }
}
