package dev.cooper.mathverifier.numeric;

import java.math.BigInteger;

/** An exact fraction in lowest terms with a positive denominator. */
public final class Rational implements Comparable<Rational> {
    public static final Rational ZERO = of(0);
    public static final Rational ONE = of(1);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final BigInteger numerator;
    private final BigInteger denominator;

    public Rational(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("denominator is zero");
        }
        BigInteger divisor = isOne(denominator) ? BigInteger.ONE : commonDivisor(numerator, denominator);
        if (denominator.signum() < 0) {
            divisor = divisor.negate();
        }
        this.numerator = isOne(divisor) ? numerator : numerator.divide(divisor);
        this.denominator = isOne(divisor) ? denominator : denominator.divide(divisor);
    }

    /** For what is in lowest terms already: greatest common divisors of long numbers are slow. */
    private Rational(BigInteger numerator, BigInteger denominator, boolean lowest) {
        if (!lowest) {
            throw new IllegalArgumentException("not in lowest terms");
        }
        this.numerator = numerator;
        this.denominator = denominator;
    }

    private static boolean isOne(BigInteger value) {
        return value.bitLength() == 1 && value.signum() > 0;
    }

    private static BigInteger commonDivisor(BigInteger a, BigInteger b) {
        if (a.bitLength() > 62 || b.bitLength() > 62) {
            return a.gcd(b);
        }
        long x = Math.abs(a.longValue());
        long y = Math.abs(b.longValue());
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return BigInteger.valueOf(x);
    }

    public static Rational of(long value) {
        return of(BigInteger.valueOf(value));
    }

    public static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE, true);
    }

    public static Rational of(long numerator, long denominator) {
        return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /** {@code digits} times ten to the power {@code exponent}. */
    public static Rational decimal(BigInteger digits, int exponent) {
        BigInteger power = BigInteger.TEN.pow(Math.abs(exponent));
        return exponent < 0 ? new Rational(digits, power) : of(digits.multiply(power));
    }

    public BigInteger numerator() {
        return numerator;
    }

    public BigInteger denominator() {
        return denominator;
    }

    public Rational plus(Rational other) {
        if (isInteger() && other.isInteger()) {
            return of(numerator.add(other.numerator));
        }
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Rational minus(Rational other) {
        return plus(other.negate());
    }

    public Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    public Rational dividedBy(Rational other) {
        return new Rational(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Rational negate() {
        return new Rational(numerator.negate(), denominator, true);
    }

    public Rational reciprocal() {
        if (isZero()) {
            throw new ArithmeticException("zero has no reciprocal");
        }
        return numerator.signum() > 0
                ? new Rational(denominator, numerator, true)
                : new Rational(denominator.negate(), numerator.negate(), true);
    }

    public Rational abs() {
        return numerator.signum() < 0 ? negate() : this;
    }

    /** To a power that is not negative. */
    public Rational pow(int exponent) {
        return new Rational(numerator.pow(exponent), denominator.pow(exponent), true);
    }

    public Rational hundredth() {
        return new Rational(numerator, denominator.multiply(HUNDRED));
    }

    /** The largest integer that is not above it. */
    public BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    public int signum() {
        return numerator.signum();
    }

    /** The bits of the longer of numerator and denominator. */
    public int bits() {
        return Math.max(numerator.bitLength(), denominator.bitLength());
    }

    public boolean isZero() {
        return numerator.signum() == 0;
    }

    public boolean isInteger() {
        return isOne(denominator);
    }

    public boolean isAtMost(Rational other) {
        return compareTo(other) <= 0;
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rational that
                && numerator.equals(that.numerator)
                && denominator.equals(that.denominator);
    }

    @Override
    public int hashCode() {
        return 31 * numerator.hashCode() + denominator.hashCode();
    }

    @Override
    public String toString() {
        return isInteger() ? numerator.toString() : numerator + "/" + denominator;
    }
}
