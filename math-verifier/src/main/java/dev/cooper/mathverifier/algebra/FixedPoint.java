package dev.cooper.mathverifier.algebra;

import java.math.BigInteger;

/**
 * Elementary functions in fixed point: a {@link BigInteger} stands for itself divided by {@code 2^bits}. Results are
 * within {@link #ERROR} units of the last place, which the callers' guard bits cover.
 *
 * <p>A library of decimal functions was tried in its place and took 20 to 100 times as long for 64 digits.
 */
final class FixedPoint {
    /** In units of the last place, of every function; a hundred rounded operations, some doubled eight times. */
    static final double ERROR = 1 << 15;

    private static final int CONSTANT_BITS = 704;
    private static final int HALVINGS = 8;
    private static final BigInteger PI = machin();
    private static final BigInteger LN_2 = logarithmOf2();

    private final int bits;
    private final BigInteger one;

    FixedPoint(int bits) {
        if (bits > CONSTANT_BITS) {
            throw new IllegalArgumentException("at most " + CONSTANT_BITS + " bits, not " + bits);
        }
        this.bits = bits;
        this.one = BigInteger.ONE.shiftLeft(bits);
    }

    int bits() {
        return bits;
    }

    BigInteger pi() {
        return PI.shiftRight(CONSTANT_BITS - bits);
    }

    BigInteger ln2() {
        return LN_2.shiftRight(CONSTANT_BITS - bits);
    }

    private BigInteger multiply(BigInteger a, BigInteger b) {
        return a.multiply(b).shiftRight(bits);
    }

    private BigInteger divide(BigInteger a, BigInteger b) {
        return a.shiftLeft(bits).divide(b);
    }

    private BigInteger of(double value) {
        long scaled = (long) Math.scalb(value, 52);
        return BigInteger.valueOf(scaled).shiftLeft(bits - 52);
    }

    /** Of |x| < 1: the series at x/2^8, squared eight times. */
    BigInteger exp(BigInteger x) {
        BigInteger reduced = x.shiftRight(HALVINGS);
        BigInteger sum = one.add(reduced);
        BigInteger term = reduced;
        for (int n = 2; term.signum() != 0 && !term.equals(BigInteger.ONE.negate()); n++) {
            term = multiply(term, reduced).divide(BigInteger.valueOf(n));
            sum = sum.add(term);
        }
        for (int i = 0; i < HALVINGS; i++) {
            sum = multiply(sum, sum);
        }
        return sum;
    }

    /** Of |x| < 1. */
    BigInteger sin(BigInteger x) {
        return alternating(x, multiply(x, x), 2);
    }

    /** Of |x| < 1. */
    BigInteger cos(BigInteger x) {
        return alternating(one, multiply(x, x), 1);
    }

    /** first · (1 − s/(n(n+1)) + s²/(n(n+1)(n+2)(n+3)) − ...). */
    private BigInteger alternating(BigInteger first, BigInteger square, int from) {
        BigInteger sum = first;
        BigInteger term = first;
        for (int n = from; term.bitLength() > 1; n += 2) {
            term = multiply(term, square)
                    .divide(BigInteger.valueOf((long) n * (n + 1)))
                    .negate();
            sum = sum.add(term);
        }
        return sum;
    }

    /** Of 1/2 < x < 2: from the double's logarithm on, by the series of ln(1 + z) for z about 2^−50. */
    BigInteger ln(BigInteger x) {
        double start = Math.log(Math.scalb(x.shiftRight(bits - 60).doubleValue(), -60));
        BigInteger first = of(start);
        BigInteger z = multiply(x, exp(first.negate())).subtract(one);
        BigInteger sum = z;
        BigInteger power = z;
        for (int n = 2; power.bitLength() > 1; n++) {
            power = multiply(power, z).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(n)));
        }
        return first.add(sum);
    }

    /** Of |x| <= 1: from the double's arctangent on, by the series for what is left. */
    BigInteger arctan(BigInteger x) {
        BigInteger first = of(Math.atan(Math.scalb(x.shiftRight(bits - 60).doubleValue(), -60)));
        BigInteger sine = sin(first);
        BigInteger cosine = cos(first);
        BigInteger rest = divide(multiply(x, cosine).subtract(sine), cosine.add(multiply(x, sine)));
        BigInteger square = multiply(rest, rest);
        BigInteger sum = rest;
        BigInteger power = rest;
        for (int n = 3; power.bitLength() > 1; n += 2) {
            power = multiply(power, square).negate();
            sum = sum.add(power.divide(BigInteger.valueOf(n)));
        }
        return first.add(sum);
    }

    /** π = 16 arctan(1/5) − 4 arctan(1/239). */
    private static BigInteger machin() {
        return reciprocalSeries(5, -1)
                .shiftLeft(4)
                .subtract(reciprocalSeries(239, -1).shiftLeft(2))
                .shiftRight(32);
    }

    /** ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749). */
    private static BigInteger logarithmOf2() {
        return reciprocalSeries(26, 1)
                .multiply(BigInteger.valueOf(18))
                .subtract(reciprocalSeries(4801, 1).shiftLeft(1))
                .add(reciprocalSeries(8749, 1).shiftLeft(3))
                .shiftRight(32);
    }

    /** 1/n + s/(3n³) + s²/(5n⁵) + ..., with 32 bits to spare: artanh(1/n) for s = 1, arctan(1/n) for s = −1. */
    private static BigInteger reciprocalSeries(int n, int sign) {
        BigInteger square = BigInteger.valueOf((long) n * n * sign);
        BigInteger power = BigInteger.ONE.shiftLeft(CONSTANT_BITS + 32).divide(BigInteger.valueOf(n));
        BigInteger sum = power;
        for (int k = 3; power.signum() != 0; k += 2) {
            power = power.divide(square);
            sum = sum.add(power.divide(BigInteger.valueOf(k)));
        }
        return sum;
    }
}
