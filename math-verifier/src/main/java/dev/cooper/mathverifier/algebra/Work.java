package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;

/** Counts the steps of one comparison and holds numbers to their length. Not thread-safe. */
final class Work {
    /** Bits. */
    private static final int FREE_OF_CHARGE = 512;

    /** For each pair of 64-bit words. */
    private static final int STEPS_OF_COMMON_DIVISOR = 2;

    private final AlgebraBudget budget;
    private int left;

    Work(AlgebraBudget budget) {
        this.budget = budget;
        this.left = budget.steps();
    }

    AlgebraBudget budget() {
        return budget;
    }

    void step() {
        step(1);
    }

    void step(int count) {
        left -= count;
        if (left < 0) {
            throw NoValueException.STEPS;
        }
    }

    void checkDepth(int depth) {
        if (depth > budget.depth()) {
            throw NoValueException.DEPTH;
        }
    }

    /** The number, if it is not too long. */
    Rational charge(Rational value) {
        int bits = value.bits();
        if (bits > FREE_OF_CHARGE) {
            checkBits(bits);
            step(bits / FREE_OF_CHARGE);
        }
        return value;
    }

    Rational plus(Rational a, Rational b) {
        if (a.bits() + b.bits() <= FREE_OF_CHARGE || (a.isInteger() && b.isInteger())) {
            return charge(a.plus(b));
        }
        checkBits((long) a.bits() + b.bits());
        BigInteger left = a.numerator().multiply(b.denominator());
        BigInteger right = b.numerator().multiply(a.denominator());
        return reduce(left.add(right), a.denominator().multiply(b.denominator()));
    }

    Rational times(Rational a, Rational b) {
        if (a.bits() + b.bits() <= FREE_OF_CHARGE) {
            return a.times(b);
        }
        checkBits((long) a.numerator().bitLength() + b.numerator().bitLength());
        checkBits((long) a.denominator().bitLength() + b.denominator().bitLength());
        return reduce(a.numerator().multiply(b.numerator()), a.denominator().multiply(b.denominator()));
    }

    /** Long factorials often divide each other: that is tried first, since a common divisor takes far longer. */
    private Rational reduce(BigInteger numerator, BigInteger denominator) {
        int above = numerator.bitLength() / Long.SIZE + 1;
        int below = denominator.bitLength() / Long.SIZE + 1;
        step((above + below) / 8);
        if (denominator.equals(BigInteger.ONE)) {
            return Rational.of(numerator);
        }
        if (above > 4 && below > 4) {
            BigInteger[] parts = numerator.divideAndRemainder(denominator);
            if (parts[1].signum() == 0) {
                return Rational.of(parts[0]);
            }
            step(above * below * STEPS_OF_COMMON_DIVISOR);
        }
        return new Rational(numerator, denominator);
    }

    void checkBits(long bits) {
        if (bits > budget.bits()) {
            throw NoValueException.BITS;
        }
    }
}
