package dev.cooper.mathverifier.algebra;

/** Whether two numbers with bounds are the same, to 50 digits of the larger. */
enum DigitAgreement {
    AGREED,
    DIFFERENT,
    UNCLEAR;

    /** 2^−166 is below 10^−49.9. */
    private static final int BITS = 167;

    static DigitAgreement of(Complex<BigBall> x, Complex<BigBall> y) {
        if (areApart(x.re(), y.re()) || areApart(x.im(), y.im())) {
            return DIFFERENT;
        }
        int size = Math.max(magnitude(x), magnitude(y));
        boolean fine = isFine(x.re(), size) && isFine(x.im(), size) && isFine(y.re(), size) && isFine(y.im(), size);
        return fine ? AGREED : UNCLEAR;
    }

    /** Of what is certainly not zero; where both sides may be zero, bounds are measured against 1. */
    private static int magnitude(Complex<BigBall> z) {
        int re = z.re().mayBeZero() ? Integer.MIN_VALUE : z.re().magnitude();
        int im = z.im().mayBeZero() ? Integer.MIN_VALUE : z.im().magnitude();
        return Math.max(re, im);
    }

    private static boolean isFine(BigBall ball, int size) {
        if (ball.isExact()) {
            return true;
        }
        int against = size == Integer.MIN_VALUE ? 0 : size;
        return Math.getExponent(ball.radius()) + 1 + ball.exponent() <= against - BITS;
    }

    /** Compared without rounding, at the lower of the two exponents; numbers far apart in size differ by that. */
    private static boolean areApart(BigBall a, BigBall b) {
        if (a.exponent() < b.exponent()) {
            return areApart(b, a);
        }
        return areAligned(a, b);
    }

    private static boolean areAligned(BigBall high, BigBall low) {
        int shift = high.exponent() - low.exponent();
        if (shift > 900) {
            return !high.mayBeZero() || (high.isZero() && !low.mayBeZero());
        }
        double difference = Math.abs(
                high.mantissa().shiftLeft(shift).subtract(low.mantissa()).doubleValue());
        double radius = Math.scalb(high.radius(), shift) + low.radius();
        return radius < Double.MAX_VALUE && difference > radius * (1 + 0x1p-40);
    }
}
