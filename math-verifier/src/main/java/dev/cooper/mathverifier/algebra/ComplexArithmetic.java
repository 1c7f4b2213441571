package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;

/**
 * Principal values of complex functions, out of real ones. On the reals alone ({@code realOnly}) an even root or the
 * logarithm of a negative number has no value; an odd root of one is real in either case.
 */
final class ComplexArithmetic<R> {
    private static final Rational HALF = Rational.of(1, 2);

    private final RealArithmetic<R> real;
    private final boolean realOnly;
    private final R zero;
    private final Complex<R> one;
    private final ComplexPowers<R> powers;

    ComplexArithmetic(RealArithmetic<R> real, boolean realOnly) {
        this.real = real;
        this.realOnly = realOnly;
        this.zero = real.of(Rational.ZERO);
        this.one = ofReal(real.of(Rational.ONE));
        this.powers = new ComplexPowers<>(this, realOnly);
    }

    RealArithmetic<R> real() {
        return real;
    }

    Complex<R> ofReal(R value) {
        return new Complex<>(value, zero);
    }

    Complex<R> one() {
        return one;
    }

    Complex<R> of(Rational value) {
        return ofReal(real.of(value));
    }

    Complex<R> imaginaryUnit() {
        if (realOnly) {
            throw NoValueException.UNKNOWN;
        }
        return new Complex<>(zero, one.re());
    }

    /** Exactly so, not only within the bounds. */
    boolean isReal(Complex<R> z) {
        return real.sign(z.im()) == 0;
    }

    Complex<R> add(Complex<R> a, Complex<R> b) {
        return new Complex<>(real.add(a.re(), b.re()), real.add(a.im(), b.im()));
    }

    Complex<R> negate(Complex<R> a) {
        return new Complex<>(real.negate(a.re()), real.negate(a.im()));
    }

    Complex<R> conjugate(Complex<R> a) {
        return new Complex<>(a.re(), real.negate(a.im()));
    }

    Complex<R> multiply(Complex<R> a, Complex<R> b) {
        R product = real.multiply(a.re(), b.re());
        if (isReal(a) && isReal(b)) {
            return ofReal(product);
        }
        return new Complex<>(
                real.add(product, real.negate(real.multiply(a.im(), b.im()))),
                real.add(real.multiply(a.re(), b.im()), real.multiply(a.im(), b.re())));
    }

    Complex<R> scale(Complex<R> a, Rational factor) {
        if (factor.equals(Rational.ONE)) {
            return a;
        }
        return new Complex<>(scale(a.re(), factor), scale(a.im(), factor));
    }

    /** By the numerator first: a multiple of the denominator stays an exact integer. */
    R scale(R a, Rational factor) {
        if (factor.isInteger()) {
            return real.multiply(a, real.of(factor));
        }
        R multiple = real.multiply(a, real.of(Rational.of(factor.numerator())));
        return real.divide(multiple, real.of(Rational.of(factor.denominator())));
    }

    Complex<R> divide(Complex<R> a, Complex<R> b) {
        if (isReal(b)) {
            return new Complex<>(real.divide(a.re(), b.re()), real.divide(a.im(), b.re()));
        }
        R norm = squaredModulus(b);
        Complex<R> product = multiply(a, conjugate(b));
        return new Complex<>(real.divide(product.re(), norm), real.divide(product.im(), norm));
    }

    private R squaredModulus(Complex<R> z) {
        return real.add(real.multiply(z.re(), z.re()), real.multiply(z.im(), z.im()));
    }

    R modulus(Complex<R> z) {
        if (!isReal(z)) {
            return real.squareRoot(squaredModulus(z));
        }
        return switch (real.sign(z.re())) {
            case 0, 1 -> z.re();
            case -1 -> real.negate(z.re());
            default -> real.squareRoot(real.multiply(z.re(), z.re()));
        };
    }

    Complex<R> power(Complex<R> base, Rational exponent) {
        return powers.power(base, exponent);
    }

    int clearSign(R value) {
        int sign = real.sign(value);
        if (sign == RealArithmetic.UNCLEAR) {
            throw NoValueException.UNKNOWN;
        }
        return sign;
    }

    Complex<R> power(Complex<R> base, Complex<R> exponent) {
        return exp(multiply(exponent, ln(base)));
    }

    Complex<R> exp(Complex<R> z) {
        R size = real.exp(z.re());
        if (isReal(z)) {
            return ofReal(size);
        }
        return new Complex<>(real.multiply(size, real.cos(z.im())), real.multiply(size, real.sin(z.im())));
    }

    Complex<R> ln(Complex<R> z) {
        if (!isReal(z)) {
            return new Complex<>(scale(real.ln(squaredModulus(z)), HALF), argument(z));
        }
        int sign = clearSign(z.re());
        if (sign == 0) {
            throw NoValueException.UNDEFINED;
        }
        if (sign > 0) {
            return ofReal(real.ln(z.re()));
        }
        if (realOnly) {
            throw NoValueException.UNKNOWN;
        }
        return new Complex<>(real.ln(real.negate(z.re())), real.pi());
    }

    /** In (−π, π]. */
    R argument(Complex<R> z) {
        if (real.sign(z.re()) == 1) {
            return real.arctan(real.divide(z.im(), z.re()));
        }
        int sign = clearSign(z.im());
        if (sign == 0) {
            if (clearSign(z.re()) == 0) {
                throw NoValueException.UNDEFINED;
            }
            return real.pi();
        }
        R quarter = scale(real.pi(), Rational.of(sign, 2));
        return real.add(quarter, real.negate(real.arctan(real.divide(z.re(), z.im()))));
    }

    Complex<R> sin(Complex<R> z) {
        if (isReal(z)) {
            return ofReal(real.sin(z.re()));
        }
        return new Complex<>(
                real.multiply(real.sin(z.re()), hyperbolic(z.im(), 1)),
                real.multiply(real.cos(z.re()), hyperbolic(z.im(), -1)));
    }

    Complex<R> cos(Complex<R> z) {
        if (isReal(z)) {
            return ofReal(real.cos(z.re()));
        }
        return new Complex<>(
                real.multiply(real.cos(z.re()), hyperbolic(z.im(), 1)),
                real.negate(real.multiply(real.sin(z.re()), hyperbolic(z.im(), -1))));
    }

    private R hyperbolic(R x, int sign) {
        R falling = real.exp(real.negate(x));
        return scale(real.add(real.exp(x), sign > 0 ? falling : real.negate(falling)), HALF);
    }

    Complex<R> arcsin(Complex<R> z) {
        Complex<R> remainder = add(one, negate(multiply(z, z)));
        if (isReal(z) && real.sign(remainder.re()) == 1) {
            return ofReal(real.arctan(real.divide(z.re(), real.squareRoot(remainder.re()))));
        }
        Complex<R> i = imaginaryUnit();
        return negate(multiply(i, ln(add(multiply(i, z), power(remainder, HALF)))));
    }

    Complex<R> arctan(Complex<R> z) {
        if (isReal(z)) {
            return ofReal(real.arctan(z.re()));
        }
        Complex<R> turned = multiply(imaginaryUnit(), z);
        Complex<R> difference = add(ln(add(one, negate(turned))), negate(ln(add(one, turned))));
        return scale(multiply(imaginaryUnit(), difference), HALF);
    }
}
