package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;

/** {@link RealArithmetic} in binary floating point of some hundred bits. Not thread-safe: it remembers lost terms. */
final class BigBallArithmetic implements RealArithmetic<BigBall> {

    private final int bits;
    private final BigBallFunctions functions;
    private boolean lost;

    BigBallArithmetic(int digits) {
        this.bits = (int) Math.ceil(digits * 3.33) + 4;
        this.functions = new BigBallFunctions(bits);
    }

    /** Whether a sum had a term smaller than its bound that is not zero, or a fraction more digits than there are. */
    boolean hasLostTerm() {
        return lost;
    }

    private BigBall round(BigInteger mantissa, int exponent, double radius) {
        return BigBall.rounded(mantissa, exponent, radius, bits);
    }

    @Override
    public BigBall of(Rational value) {
        if (value.isInteger()) {
            return round(value.numerator(), 0, 0);
        }
        // Of 1 + 10^−90 nothing is left but 1 in 64 digits.
        lost |= value.bits() > bits;
        return divide(round(value.numerator(), 0, 0), round(value.denominator(), 0, 0));
    }

    @Override
    public BigBall pi() {
        return functions.pi();
    }

    @Override
    public BigBall e() {
        return exp(new BigBall(BigInteger.ONE, 0, 0));
    }

    @Override
    public BigBall chosen(long key) {
        double value = BallArithmetic.INSTANCE.chosen(key).middle();
        return new BigBall(BigInteger.valueOf((long) Math.scalb(value, 53)), -53, 0);
    }

    @Override
    public BigBall add(BigBall a, BigBall b) {
        if (a.isZero()) {
            return b;
        }
        if (b.isZero()) {
            return a;
        }
        return a.exponent() >= b.exponent() ? addAligned(a, b) : addAligned(b, a);
    }

    private BigBall addAligned(BigBall high, BigBall low) {
        int shift = high.exponent() - low.exponent();
        int room = Math.max(0, Math.min(shift, bits - high.mantissa().bitLength()));
        if (shift - room > bits) {
            // The low one does not reach the last place of the high one: it becomes part of the bound.
            lost |= !low.mayBeZero();
            double radius = Math.scalb(high.radius(), room) + 1;
            return round(high.mantissa().shiftLeft(room), high.exponent() - room, radius);
        }
        BigInteger sum = high.mantissa().shiftLeft(shift).add(low.mantissa());
        BigBall result = round(sum, low.exponent(), Math.scalb(high.radius(), shift) + low.radius());
        noteLoss(high, result);
        noteLoss(low, result);
        return result;
    }

    private void noteLoss(BigBall term, BigBall sum) {
        if (sum.radius() > 0 && term.magnitude() < sum.exponent() + Math.getExponent(sum.radius())) {
            lost |= !term.mayBeZero();
        }
    }

    @Override
    public BigBall negate(BigBall a) {
        return a.isZero() ? a : a.negate();
    }

    @Override
    public BigBall multiply(BigBall a, BigBall b) {
        if (a.isZero() || b.isZero()) {
            return BigBall.ZERO;
        }
        double radius = a.size() * b.radius() + b.size() * a.radius() + a.radius() * b.radius();
        return round(a.mantissa().multiply(b.mantissa()), a.exponent() + b.exponent(), radius);
    }

    @Override
    public BigBall divide(BigBall a, BigBall b) {
        if (b.mayBeZero()) {
            throw b.isZero() ? NoValueException.UNDEFINED : NoValueException.UNKNOWN;
        }
        if (a.isZero()) {
            return a;
        }
        int shift =
                Math.max(0, bits + 2 + b.mantissa().bitLength() - a.mantissa().bitLength());
        BigInteger[] parts = a.mantissa().shiftLeft(shift).divideAndRemainder(b.mantissa());
        boolean exact = a.isExact() && b.isExact() && parts[1].signum() == 0;
        double quotient = Math.abs(parts[0].doubleValue()) * BigBall.OUTWARD;
        double least = Math.abs(b.mantissa().doubleValue()) * (1 - 0x1p-40) - b.radius();
        if (!(least > 0)) {
            throw NoValueException.UNKNOWN;
        }
        double radius = exact ? 0 : (Math.scalb(a.radius(), shift) + quotient * b.radius()) / least + 1;
        return round(parts[0], a.exponent() - b.exponent() - shift, radius);
    }

    @Override
    public BigBall squareRoot(BigBall a) {
        if (a.isZero()) {
            return a;
        }
        if (a.mayBeZero() || a.mantissa().signum() < 0) {
            int half = Math.floorDiv(a.exponent(), 2);
            double top = (Math.max(0, a.mantissa().doubleValue()) + a.radius()) * 2;
            return BigBall.checked(BigInteger.ZERO, half, Math.sqrt(top) * 2);
        }
        int shift = Math.max(0, 2 * bits + 4 - a.mantissa().bitLength());
        shift += (a.exponent() - shift) & 1;
        BigInteger[] parts = a.mantissa().shiftLeft(shift).sqrtAndRemainder();
        boolean exact = a.isExact() && parts[1].signum() == 0;
        // |√x − √m| = |x − m| / (√x + √m).
        double radius = exact ? 0 : Math.scalb(a.radius(), shift) / parts[0].doubleValue() + 1;
        return round(parts[0], (a.exponent() - shift) / 2, radius);
    }

    @Override
    public BigBall exp(BigBall a) {
        return functions.exp(a);
    }

    @Override
    public BigBall ln(BigBall a) {
        return functions.ln(a);
    }

    @Override
    public BigBall sin(BigBall a) {
        return functions.sin(a);
    }

    @Override
    public BigBall cos(BigBall a) {
        return functions.cos(a);
    }

    @Override
    public BigBall arctan(BigBall a) {
        boolean large = a.magnitude() > 0;
        return functions.arctan(large ? divide(of(Rational.ONE), a) : a, large);
    }

    @Override
    public int sign(BigBall a) {
        if (a.isZero()) {
            return 0;
        }
        return a.mayBeZero() ? UNCLEAR : a.mantissa().signum();
    }

    @Override
    public boolean mayBeZero(BigBall a) {
        return a.mayBeZero();
    }

    @Override
    public double middle(BigBall a) {
        int excess = Math.max(0, a.mantissa().bitLength() - 64);
        return Math.scalb(a.mantissa().shiftRight(excess).doubleValue(), a.exponent() + excess);
    }

    @Override
    public double radius(BigBall a) {
        return a.isExact() ? 0 : Math.nextUp(Math.scalb(a.radius(), a.exponent()) * BigBall.OUTWARD);
    }
}
