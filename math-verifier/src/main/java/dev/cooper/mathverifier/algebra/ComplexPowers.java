package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;

/** Powers with rational exponents for {@link ComplexArithmetic}. */
final class ComplexPowers<R> {
    private static final int LONGEST_POWER = 20;
    private static final Rational HALF = Rational.of(1, 2);

    private final ComplexArithmetic<R> complex;
    private final RealArithmetic<R> real;
    private final boolean realOnly;

    ComplexPowers(ComplexArithmetic<R> complex, boolean realOnly) {
        this.complex = complex;
        this.real = complex.real();
        this.realOnly = realOnly;
    }

    Complex<R> power(Complex<R> base, Rational exponent) {
        if (exponent.isInteger()) {
            return integerPower(base, exponent.numerator());
        }
        if (!complex.isReal(base)) {
            return exponent.denominator().equals(BigInteger.TWO)
                    ? integerPower(complexRoot(base), exponent.numerator())
                    : complex.exp(complex.scale(complex.ln(base), exponent));
        }
        return switch (real.sign(base.re())) {
            case 0 -> zeroPower(exponent);
            case 1 -> complex.ofReal(positivePower(base.re(), exponent));
            case -1 -> negativePower(base, exponent);
            default -> unclearPower(base, exponent);
        };
    }

    private Complex<R> zeroPower(Rational exponent) {
        if (exponent.signum() <= 0) {
            throw NoValueException.UNDEFINED;
        }
        return complex.of(Rational.ZERO);
    }

    private R positivePower(R base, Rational exponent) {
        if (exponent.denominator().equals(BigInteger.TWO)) {
            return integerPower(complex.ofReal(real.squareRoot(base)), exponent.numerator())
                    .re();
        }
        return real.exp(complex.scale(real.ln(base), exponent));
    }

    private Complex<R> negativePower(Complex<R> base, Rational exponent) {
        R magnitude = positivePower(real.negate(base.re()), exponent);
        if (exponent.denominator().testBit(0)) {
            return complex.ofReal(exponent.numerator().testBit(0) ? real.negate(magnitude) : magnitude);
        }
        if (realOnly) {
            throw NoValueException.UNKNOWN;
        }
        if (exponent.denominator().equals(BigInteger.TWO)) {
            boolean positive = exponent.numerator().mod(BigInteger.valueOf(4)).equals(BigInteger.ONE);
            return new Complex<>(real.of(Rational.ZERO), positive ? magnitude : real.negate(magnitude));
        }
        return complex.exp(complex.scale(complex.ln(base), exponent));
    }

    /** Near zero only a square root is known: it is near zero. */
    private Complex<R> unclearPower(Complex<R> base, Rational exponent) {
        if (!exponent.equals(HALF)) {
            throw NoValueException.UNKNOWN;
        }
        return complex.ofReal(real.squareRoot(base.re()));
    }

    private Complex<R> complexRoot(Complex<R> z) {
        R modulus = complex.modulus(z);
        if (real.sign(z.re()) == 1) {
            R re = real.squareRoot(complex.scale(real.add(modulus, z.re()), HALF));
            return new Complex<>(re, real.divide(complex.scale(z.im(), HALF), re));
        }
        R size = real.squareRoot(complex.scale(real.add(modulus, real.negate(z.re())), HALF));
        R im = complex.clearSign(z.im()) > 0 ? size : real.negate(size);
        return new Complex<>(real.divide(complex.scale(z.im(), HALF), im), im);
    }

    private Complex<R> integerPower(Complex<R> base, BigInteger exponent) {
        if (exponent.signum() < 0) {
            return complex.divide(complex.one(), integerPower(base, exponent.negate()));
        }
        if (exponent.bitLength() > LONGEST_POWER) {
            return complex.exp(complex.scale(complex.ln(base), Rational.of(exponent)));
        }
        Complex<R> result = base;
        for (int bit = exponent.bitLength() - 2; bit >= 0; bit--) {
            result = complex.multiply(result, result);
            if (exponent.testBit(bit)) {
                result = complex.multiply(result, base);
            }
        }
        return result;
    }
}
