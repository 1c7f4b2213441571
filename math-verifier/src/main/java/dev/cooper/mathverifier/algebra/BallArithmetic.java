package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;

/**
 * {@link RealArithmetic} in doubles. Java's four operations and the square root are correctly rounded; the functions of
 * {@link Math} that are used here are within 2 units in the last place, and 4 are allowed for.
 */
final class BallArithmetic implements RealArithmetic<Ball> {
    static final BallArithmetic INSTANCE = new BallArithmetic();

    private static final double ROUNDING = 0x1p-52;
    private static final double FUNCTION_ROUNDING = 0x1p-50;
    /** Bounds are themselves rounded: a little more covers that. */
    private static final double OUTWARD = 1 + 0x1p-40;

    private static final double TINY = 0x1p-1000;
    private static final Ball PI = new Ball(Math.PI, 0x1p-52);
    private static final Ball E = new Ball(Math.E, 0x1p-52);

    private BallArithmetic() {}

    @Override
    public Ball of(Rational value) {
        if (value.isZero()) {
            return Ball.ZERO;
        }
        if (value.numerator().bitLength() <= 53 && value.isInteger()) {
            return new Ball(value.numerator().longValue(), 0);
        }
        if (value.bits() <= 900) {
            return ball(value.numerator().doubleValue() / value.denominator().doubleValue(), 0, 2 * ROUNDING);
        }
        int shift = value.numerator().bitLength() - value.denominator().bitLength() - 64;
        double scaled = (shift >= 0
                        ? value.numerator().divide(value.denominator().shiftLeft(shift))
                        : value.numerator().shiftLeft(-shift).divide(value.denominator()))
                .doubleValue();
        return Math.abs(shift) > 800 ? unknown() : ball(Math.scalb(scaled, shift), 0, 4 * ROUNDING);
    }

    private static Ball unknown() {
        throw NoValueException.UNKNOWN;
    }

    private static Ball ball(double middle, double radius, double relative) {
        double bound = (radius + Math.abs(middle) * relative) * OUTWARD + Double.MIN_NORMAL;
        if (!(bound < 1e300) || !(Math.abs(middle) < 1e300)) {
            throw NoValueException.UNKNOWN;
        }
        return new Ball(middle, bound);
    }

    @Override
    public Ball pi() {
        return PI;
    }

    @Override
    public Ball e() {
        return E;
    }

    @Override
    public Ball chosen(long key) {
        return new Ball(0.5 + (Seeds.mix(key) >>> 12) * 0x1p-52, 0);
    }

    @Override
    public Ball add(Ball a, Ball b) {
        if (a.isZero()) {
            return b;
        }
        if (b.isZero()) {
            return a;
        }
        double sum = a.middle() + b.middle();
        if (isInteger(a) && isInteger(b) && Math.abs(sum) < 0x1p52) {
            return sum == 0 ? Ball.ZERO : new Ball(sum, 0);
        }
        return ball(sum, a.radius() + b.radius(), ROUNDING);
    }

    @Override
    public Ball negate(Ball a) {
        return a.isZero() ? a : new Ball(-a.middle(), a.radius());
    }

    @Override
    public Ball multiply(Ball a, Ball b) {
        if (a.isZero() || b.isZero()) {
            return Ball.ZERO;
        }
        double product = a.middle() * b.middle();
        if (isInteger(a) && isInteger(b) && Math.abs(product) < 0x1p52) {
            return new Ball(product, 0);
        }
        double radius = Math.abs(a.middle()) * b.radius() + Math.abs(b.middle()) * a.radius() + a.radius() * b.radius();
        return ball(product, radius, ROUNDING);
    }

    /** Exactly, so that sums and products of such are exact too while they are short. */
    private static boolean isInteger(Ball ball) {
        return ball.radius() == 0 && ball.middle() == Math.rint(ball.middle());
    }

    @Override
    public Ball divide(Ball a, Ball b) {
        double least = Math.abs(b.middle()) - b.radius();
        if (!(least > TINY)) {
            throw b.isZero() ? NoValueException.UNDEFINED : NoValueException.UNKNOWN;
        }
        if (a.isZero()) {
            return a;
        }
        double quotient = a.middle() / b.middle();
        if (isInteger(a) && isInteger(b) && a.middle() % b.middle() == 0) {
            return new Ball(quotient, 0);
        }
        double radius = (a.radius() + Math.abs(quotient) * b.radius()) / least;
        return ball(quotient, radius, 2 * ROUNDING);
    }

    @Override
    public Ball squareRoot(Ball a) {
        if (a.isZero()) {
            return a;
        }
        double least = a.middle() - a.radius();
        if (!(least > 0)) {
            double top = Math.sqrt(Math.max(0, a.middle()) + a.radius());
            return ball(0, top, 0);
        }
        double root = Math.sqrt(a.middle());
        if (a.radius() == 0 && root == Math.rint(root) && root * root == a.middle()) {
            return new Ball(root, 0);
        }
        return ball(root, a.radius() / (2 * Math.sqrt(least)), 2 * ROUNDING);
    }

    @Override
    public Ball exp(Ball a) {
        double value = Math.exp(a.middle());
        double growth = Math.expm1(a.radius()) * (1 + FUNCTION_ROUNDING);
        if (value < TINY) {
            throw NoValueException.UNKNOWN;
        }
        return ball(value, value * growth, FUNCTION_ROUNDING);
    }

    @Override
    public Ball ln(Ball a) {
        double least = a.middle() - a.radius();
        if (!(least > 0)) {
            throw NoValueException.UNKNOWN;
        }
        return ball(Math.log(a.middle()), a.radius() / least, FUNCTION_ROUNDING);
    }

    @Override
    public Ball sin(Ball a) {
        return a.isZero() ? a : periodic(Math.sin(a.middle()), a);
    }

    @Override
    public Ball cos(Ball a) {
        return a.isZero() ? Ball.ONE : periodic(Math.cos(a.middle()), a);
    }

    private static Ball periodic(double value, Ball argument) {
        return ball(value, Math.min(2, argument.radius()), FUNCTION_ROUNDING);
    }

    @Override
    public Ball arctan(Ball a) {
        return a.isZero() ? a : ball(Math.atan(a.middle()), Math.min(4, a.radius()), FUNCTION_ROUNDING);
    }

    @Override
    public int sign(Ball a) {
        if (a.middle() == 0 && a.radius() == 0) {
            return 0;
        }
        if (Math.abs(a.middle()) <= a.radius()) {
            return UNCLEAR;
        }
        return a.middle() > 0 ? 1 : -1;
    }

    @Override
    public boolean mayBeZero(Ball a) {
        return Math.abs(a.middle()) <= a.radius();
    }

    @Override
    public double middle(Ball a) {
        return a.middle();
    }

    @Override
    public double radius(Ball a) {
        return a.radius();
    }
}
