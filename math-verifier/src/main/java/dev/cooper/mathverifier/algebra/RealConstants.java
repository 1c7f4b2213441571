package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.OptionalInt;

/** Decimal values and signs of real constants, with bounds. */
final class RealConstants {
    private static final int[] DIGITS = {40, 130};
    private static final int SPARE = 3;

    private final AlgebraBudget budget;

    RealConstants(AlgebraBudget budget) {
        this.budget = budget;
    }

    /** To a relative error of at most 10^−digits, for up to 120 digits; empty if that is not reached. */
    Optional<Approximation> approximate(Form form, int digits) {
        if (form instanceof Exact x) {
            return Optional.of(quotient(x, digits));
        }
        for (int precision : DIGITS) {
            if (precision < digits + SPARE) {
                continue;
            }
            Optional<BigBall> value = real(form, precision);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            BigBall ball = value.get();
            BigDecimal middle = decimal(ball.mantissa(), ball.exponent());
            BigDecimal error = new BigDecimal(ball.radius())
                    .multiply(decimal(BigInteger.ONE, ball.exponent()), new MathContext(3, RoundingMode.UP));
            if (error.scaleByPowerOfTen(digits).compareTo(middle.abs()) <= 0) {
                return Optional.of(new Approximation(middle, error));
            }
        }
        return Optional.empty();
    }

    private static Approximation quotient(Exact exact, int digits) {
        BigDecimal numerator = new BigDecimal(exact.value.numerator());
        BigDecimal denominator = new BigDecimal(exact.value.denominator());
        BigDecimal value = numerator.divide(denominator, new MathContext(digits + SPARE, RoundingMode.HALF_EVEN));
        boolean terminates = value.multiply(denominator).compareTo(numerator) == 0;
        return new Approximation(value, terminates ? BigDecimal.ZERO : value.ulp());
    }

    private static BigDecimal decimal(BigInteger mantissa, int exponent) {
        BigDecimal power = new BigDecimal(BigInteger.ONE.shiftLeft(Math.abs(exponent)));
        BigDecimal value = new BigDecimal(mantissa);
        return exponent >= 0 ? value.multiply(power) : value.divide(power, new MathContext(140));
    }

    /** 1, −1, or 0 of zero itself; empty if it is not real or too near to zero to tell. */
    OptionalInt sign(Form form) {
        OptionalInt inDoubles = Constants.sign(form);
        if (inDoubles.isPresent() || !form.isConstant()) {
            return inDoubles;
        }
        for (int digits : DIGITS) {
            Optional<BigBall> value = real(form, digits);
            if (value.isEmpty()) {
                return OptionalInt.empty();
            }
            if (!value.get().mayBeZero()) {
                return OptionalInt.of(value.get().mantissa().signum());
            }
        }
        return OptionalInt.empty();
    }

    private Optional<BigBall> real(Form form, int digits) {
        if (!form.isConstant()) {
            return Optional.empty();
        }
        try {
            BigBallArithmetic arithmetic = new BigBallArithmetic(digits);
            Complex<BigBall> value = new Evaluator<>(arithmetic, false, new Work(budget)).value(form, null);
            // An imaginary part that may be zero is taken to be, as of e^{iπ/5} + e^{−iπ/5}.
            return value.im().mayBeZero() ? Optional.of(value.re()) : Optional.empty();
        } catch (NoValueException _) {
            return Optional.empty();
        }
    }
}
