package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Exact;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;

/** What double arithmetic with bounds can tell of a constant while its normal form is made. */
final class Constants {
    private static final AlgebraBudget SMALL = new AlgebraBudget(2_000, 200, 24_000, 200);

    private Constants() {}

    /** 1 or −1 of a real constant whose sign is clear, 0 of zero itself; empty else. */
    static OptionalInt sign(Form form) {
        if (form instanceof Exact x) {
            return OptionalInt.of(x.value.signum());
        }
        if (!form.isConstant()) {
            return OptionalInt.empty();
        }
        try {
            Complex<Ball> value = value(form);
            int sign = BallArithmetic.INSTANCE.sign(value.re());
            boolean clear = value.im().isZero() && sign != RealArithmetic.UNCLEAR;
            return clear ? OptionalInt.of(sign) : OptionalInt.empty();
        } catch (NoValueException _) {
            return OptionalInt.empty();
        }
    }

    /** Of a real constant that is clearly between two integers. */
    static Optional<BigInteger> floor(Form form) {
        if (!form.isConstant()) {
            return Optional.empty();
        }
        try {
            Complex<Ball> value = value(form);
            double floor = Math.floor(value.re().middle());
            double above = value.re().middle() - floor;
            boolean clear = value.im().isZero()
                    && Math.abs(floor) < 1e15
                    && above > value.re().radius()
                    && 1 - above > value.re().radius();
            return clear ? Optional.of(BigInteger.valueOf((long) floor)) : Optional.empty();
        } catch (NoValueException _) {
            return Optional.empty();
        }
    }

    /**
     * To be called where a base is cancelled: {@code c/c} has no value if c is 0, even if c is written so that it does
     * not show.
     */
    static void requireNonZero(Form form) {
        if (form instanceof Exact x) {
            if (x.value.isZero()) {
                throw NoValueException.UNDEFINED;
            }
        } else if (form.isConstant()) {
            Complex<Ball> value = value(form);
            if (BallArithmetic.INSTANCE.mayBeZero(value.re()) && BallArithmetic.INSTANCE.mayBeZero(value.im())) {
                throw NoValueException.UNKNOWN;
            }
        }
    }

    /** To be called where a factor is dropped: {@code 0·c} has no value if c has none. */
    static void requireValue(Form form) {
        if (form.isConstant()) {
            value(form);
        }
    }

    private static Complex<Ball> value(Form form) {
        return new Evaluator<>(BallArithmetic.INSTANCE, false, new Work(SMALL)).value(form, null);
    }
}
