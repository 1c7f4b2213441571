package dev.cooper.mathverifier.algebra;

import java.math.BigInteger;

/** Elementary functions of numbers with bounds, by {@link FixedPoint}. */
final class BigBallFunctions {
    private static final int GUARD = 32;
    /** Exponentials beyond 2^±LARGEST and angles beyond 2^40 are left alone. */
    private static final int LARGEST = 20_000;

    private static final int LARGEST_ANGLE = 40;
    private static final BigBall ONE = new BigBall(BigInteger.ONE, 0, 0);

    private final int bits;
    private final FixedPoint fixed;

    BigBallFunctions(int bits) {
        this.bits = bits;
        this.fixed = new FixedPoint(bits + GUARD);
    }

    private BigBall round(BigInteger mantissa, int exponent, double radius) {
        return BigBall.rounded(mantissa, exponent, radius, bits);
    }

    BigBall pi() {
        return round(fixed.pi(), -fixed.bits(), 2);
    }

    /** The number in fixed point, and its bound in units of the last place. */
    private BigInteger toFixed(BigBall a) {
        int shift = a.exponent() + fixed.bits();
        return shift >= 0 ? a.mantissa().shiftLeft(shift) : a.mantissa().shiftRight(-shift);
    }

    private double fixedRadius(BigBall a) {
        return Math.scalb(a.radius(), a.exponent() + fixed.bits()) + 2;
    }

    BigBall exp(BigBall a) {
        if (a.isZero()) {
            return ONE;
        }
        if (a.magnitude() > 14) {
            throw NoValueException.UNKNOWN;
        }
        BigInteger x = toFixed(a);
        BigInteger turns = x.divide(fixed.ln2());
        if (Math.abs(turns.longValue()) > LARGEST) {
            throw NoValueException.UNKNOWN;
        }
        BigInteger value = fixed.exp(x.subtract(turns.multiply(fixed.ln2())));
        double argument = Math.scalb(fixedRadius(a) + Math.abs(turns.doubleValue()), -fixed.bits());
        if (!(argument < 1)) {
            throw NoValueException.UNKNOWN;
        }
        // e^r − 1 is below 2r for r up to 1.
        double radius = value.doubleValue() * 2 * argument + FixedPoint.ERROR;
        return round(value, turns.intValue() - fixed.bits(), radius);
    }

    BigBall ln(BigBall a) {
        if (a.mayBeZero() || a.mantissa().signum() < 0) {
            throw NoValueException.UNKNOWN;
        }
        // Into (3/4, 3/2], so that numbers next to 1 have no multiple of ln 2 to cancel.
        int power = a.magnitude();
        BigInteger x = toFixed(new BigBall(a.mantissa(), a.exponent() - power, 0));
        if (x.compareTo(BigInteger.valueOf(3).shiftLeft(fixed.bits() - 2)) < 0) {
            x = x.shiftLeft(1);
            power--;
        }
        BigInteger value = fixed.ln(x).add(fixed.ln2().multiply(BigInteger.valueOf(power)));
        double relative = a.radius() / (a.size() * (1 - 0x1p-30) - a.radius());
        if (!(relative >= 0)) {
            throw NoValueException.UNKNOWN;
        }
        double radius = Math.scalb(relative, fixed.bits()) + FixedPoint.ERROR + Math.abs(power) + 4;
        return round(value, -fixed.bits(), radius);
    }

    BigBall sin(BigBall a) {
        return a.isZero() ? a : periodic(a, 0);
    }

    BigBall cos(BigBall a) {
        return periodic(a, 1);
    }

    /** The sine of the angle and as many right angles. */
    private BigBall periodic(BigBall a, int ahead) {
        if (a.magnitude() > LARGEST_ANGLE) {
            throw NoValueException.UNKNOWN;
        }
        BigInteger x = toFixed(a);
        BigInteger right = fixed.pi().shiftRight(1);
        // To the nearest right angle: what is left is below 1.
        BigInteger turns = x.add(right.shiftRight(1)).divide(right);
        if (x.signum() < 0) {
            turns = turns.subtract(BigInteger.ONE);
        }
        BigInteger rest = x.subtract(turns.multiply(right));
        if (rest.compareTo(right.shiftRight(1)) > 0) {
            turns = turns.add(BigInteger.ONE);
            rest = rest.subtract(right);
        }
        int quadrant = Math.floorMod(turns.intValue() + ahead, 4);
        BigInteger value = quadrant % 2 == 0 ? fixed.sin(rest) : fixed.cos(rest);
        double radius = fixedRadius(a) + Math.abs(turns.doubleValue()) * 2 + FixedPoint.ERROR;
        return round(quadrant < 2 ? value : value.negate(), -fixed.bits(), radius);
    }

    /** Of the argument, or of one over it. */
    BigBall arctan(BigBall argument, boolean inverted) {
        if (argument.isZero()) {
            return argument;
        }
        BigInteger value = fixed.arctan(toFixed(argument));
        if (inverted) {
            BigInteger right = fixed.pi().shiftRight(1);
            value = (argument.mantissa().signum() > 0 ? right : right.negate()).subtract(value);
        }
        return round(value, -fixed.bits(), fixedRadius(argument) + FixedPoint.ERROR + 2);
    }
}
