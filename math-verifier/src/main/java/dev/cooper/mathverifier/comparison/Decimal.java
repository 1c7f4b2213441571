package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import dev.cooper.mathverifier.syntax.Node.StatedDigits;
import java.math.BigInteger;
import java.util.Optional;

/** A number written as a decimal, with the digits that it states; zeros at the end of a fraction state nothing. */
record Decimal(Rational value, StatedDigits stated) {
    private static final BigInteger FIVE = BigInteger.valueOf(5);

    static Optional<Decimal> of(Node node) {
        return switch (node) {
            case Node.Numeral numeral ->
                numeral.stated().map(stated -> new Decimal(numeral.value(), withoutZeros(numeral.value(), stated)));
            case Node.Negation negation ->
                of(negation.operand()).map(d -> new Decimal(d.value().negate(), d.stated()));
            default -> Optional.empty();
        };
    }

    private static StatedDigits withoutZeros(Rational value, StatedDigits stated) {
        int significant = stated.significant();
        int place = stated.lastPlace();
        while (place < 0 && significant > 1 && isMultiple(value, place + 1)) {
            significant--;
            place++;
        }
        return new StatedDigits(significant, place);
    }

    private static boolean isMultiple(Rational value, int place) {
        return value.times(Rational.decimal(BigInteger.ONE, -place)).isInteger();
    }

    int fractionDigits() {
        return Math.max(0, -stated.lastPlace());
    }

    /** Whether {@code exact}, rounded to the last digit, is this; what lies halfway is rounded away from zero. */
    boolean rounds(Rational exact) {
        Rational half = Rational.decimal(FIVE, stated.lastPlace() - 1);
        boolean sameSide = exact.signum() * value.signum() >= 0;
        Rational beyond = exact.abs().minus(value.abs());
        return sameSide && beyond.abs().isAtMost(half) && !beyond.equals(half);
    }

    /** Whether cutting {@code exact} off behind the last digit leaves this. */
    boolean truncates(Rational exact) {
        Rational rest = exact.plus(value.negate());
        Rational unit = Rational.decimal(BigInteger.ONE, stated.lastPlace());
        boolean towardsZero = rest.numerator().signum() * exact.numerator().signum() >= 0;
        return towardsZero && rest.abs().isAtMost(unit) && !rest.abs().equals(unit);
    }

    /** Whether a fraction in lowest terms is a decimal that ends. */
    static boolean isTerminating(Rational value) {
        BigInteger rest = value.denominator();
        rest = rest.shiftRight(rest.getLowestSetBit());
        while (!rest.equals(BigInteger.ONE)) {
            BigInteger[] divided = rest.divideAndRemainder(FIVE);
            if (divided[1].signum() != 0) {
                return false;
            }
            rest = divided[0];
        }
        return true;
    }
}
