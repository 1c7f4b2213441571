package dev.cooper.mathverifier.algebra;

import java.math.BigInteger;

/**
 * The number {@code mantissa · 2^exponent}, give or take {@code radius · 2^exponent}. A radius of 0 says that it is
 * exact.
 */
record BigBall(BigInteger mantissa, int exponent, double radius) {
    /** Bounds are themselves rounded: a little more covers that. */
    static final double OUTWARD = 1 + 0x1p-40;

    static final BigBall ZERO = new BigBall(BigInteger.ZERO, 0, 0);

    /** Exactly. */
    boolean isZero() {
        return radius == 0 && mantissa.signum() == 0;
    }

    boolean isExact() {
        return radius == 0;
    }

    /** Bits before the binary point: the number is below 2 to this power. */
    int magnitude() {
        return mantissa.bitLength() + exponent;
    }

    BigBall negate() {
        return new BigBall(mantissa.negate(), exponent, radius);
    }

    boolean mayBeZero() {
        return Math.abs(mantissa.doubleValue()) * (1 - 0x1p-50) <= radius;
    }

    /** Of the mantissa, from above. */
    double size() {
        return Math.abs(mantissa.doubleValue()) * OUTWARD;
    }

    /** To so many bits; what is cut off goes into the bound. */
    static BigBall rounded(BigInteger mantissa, int exponent, double radius, int bits) {
        int excess = mantissa.bitLength() - bits;
        if (excess <= 0) {
            return checked(mantissa, exponent, radius * OUTWARD);
        }
        boolean exact = radius == 0 && mantissa.getLowestSetBit() >= excess;
        double bound = exact ? 0 : (Math.scalb(radius, -excess) + 1) * OUTWARD;
        return checked(mantissa.shiftRight(excess), exponent + excess, bound);
    }

    static BigBall checked(BigInteger mantissa, int exponent, double radius) {
        if (!(radius < 1e300) || Math.abs((long) exponent) > 1_000_000) {
            throw NoValueException.UNKNOWN;
        }
        return mantissa.signum() == 0 && radius == 0 ? ZERO : new BigBall(mantissa, exponent, radius);
    }
}
