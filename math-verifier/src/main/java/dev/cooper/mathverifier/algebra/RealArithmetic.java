package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;

/**
 * Real numbers known within a bound: whatever the operands' true values are inside their bounds, the true result lies
 * inside the result's bound. Operations throw {@link NoValueException} where there is no value, or none that is known.
 *
 * @param <R> a middle and a radius
 */
interface RealArithmetic<R> {
    R of(Rational value);

    R pi();

    R e();

    /** A number that stands for something unknown: always the same for the same key, exact, between 1/2 and 3/2. */
    R chosen(long key);

    R add(R a, R b);

    R negate(R a);

    R multiply(R a, R b);

    /** Unknown if b may be 0. */
    R divide(R a, R b);

    /** Of something that is not negative for certain. */
    R squareRoot(R a);

    R exp(R a);

    /** Of something positive. */
    R ln(R a);

    R sin(R a);

    R cos(R a);

    /** In (−π/2, π/2). */
    R arctan(R a);

    /** 1, −1, 0 if it is exactly 0, {@link #UNCLEAR} else. */
    int sign(R a);

    /** Whether 0 is within the bound. */
    boolean mayBeZero(R a);

    /** The nearest double to the middle; infinite if it is too large. */
    double middle(R a);

    /** Bound of the error in doubles, from above. */
    double radius(R a);

    int UNCLEAR = 2;
}
