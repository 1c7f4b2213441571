package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Form.Applied;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Named;
import dev.cooper.mathverifier.algebra.Form.Operation;
import dev.cooper.mathverifier.algebra.Form.Total;
import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Sine and cosine, exact at the angles where both are sums of square roots; the other functions follow from them. */
final class Trigonometry {
    private static final Rational TWELVE = Rational.of(12);
    private static final Rational TEN = Rational.of(10);

    private final Algebra algebra;

    Trigonometry(Algebra algebra) {
        this.algebra = algebra;
    }

    Form sine(Form angle) {
        Rational turns = multipleOfPi(angle);
        if (turns != null) {
            return sineOfPi(turns);
        }
        if (angle instanceof Applied applied) {
            Form argument = applied.arguments[0];
            if (applied.operation == Operation.ARCSIN) {
                return argument;
            }
            if (applied.operation == Operation.ARCTAN) {
                return algebra.divide(argument, hypotenuse(argument, 1));
            }
        }
        return leadsWithMinus(angle)
                ? algebra.negate(new Applied(Operation.SIN, algebra.negate(angle)))
                : new Applied(Operation.SIN, angle);
    }

    Form cosine(Form angle) {
        Rational turns = multipleOfPi(angle);
        if (turns != null) {
            return sineOfPi(turns.plus(Algebra.HALF));
        }
        if (angle instanceof Applied applied) {
            Form argument = applied.arguments[0];
            if (applied.operation == Operation.ARCSIN) {
                return hypotenuse(argument, -1);
            }
            if (applied.operation == Operation.ARCTAN) {
                return algebra.power(hypotenuse(argument, 1), -1);
            }
        }
        return new Applied(Operation.COS, leadsWithMinus(angle) ? algebra.negate(angle) : angle);
    }

    private Form hypotenuse(Form leg, int sign) {
        Form square = algebra.power(leg, 2);
        return algebra.squareRoot(algebra.add(Exact.ONE, sign > 0 ? square : algebra.negate(square)));
    }

    Form tangent(Form angle) {
        return algebra.divide(sine(angle), cosine(angle));
    }

    Form arcsine(Form value) {
        if (value instanceof Exact x) {
            if (x.value.isZero()) {
                return Exact.ZERO;
            }
            if (x.value.abs().equals(Rational.ONE)) {
                return algebra.scale(Named.PI, Rational.of(x.value.signum(), 2));
            }
            if (x.value.abs().equals(Algebra.HALF)) {
                return algebra.scale(Named.PI, Rational.of(x.value.signum(), 6));
            }
        }
        return odd(Operation.ARCSIN, value);
    }

    Form arctangent(Form value) {
        if (value instanceof Exact x) {
            if (x.value.isZero()) {
                return Exact.ZERO;
            }
            if (x.value.abs().equals(Rational.ONE)) {
                return algebra.scale(Named.PI, Rational.of(x.value.signum(), 4));
            }
        }
        return odd(Operation.ARCTAN, value);
    }

    private Form odd(Operation operation, Form value) {
        if (value instanceof Exact x ? x.value.signum() < 0 : leadsWithMinus(value)) {
            return algebra.negate(new Applied(operation, algebra.negate(value)));
        }
        return new Applied(operation, value);
    }

    static boolean leadsWithMinus(Form form) {
        return switch (form) {
            case Exact x -> x.value.signum() < 0;
            case Total total -> total.coefficients[0].signum() < 0;
            default -> false;
        };
    }

    /** q of {@code qπ}, 0 for 0. */
    static @Nullable Rational multipleOfPi(Form angle) {
        if (angle == Named.PI) {
            return Rational.ONE;
        }
        if (angle instanceof Exact x && x.value.isZero()) {
            return Rational.ZERO;
        }
        return angle instanceof Total total && total.isMultiple() && total.terms[0] == Named.PI
                ? total.coefficients[0]
                : null;
    }

    private Form sineOfPi(Rational multiple) {
        // Into [0, 2), then by symmetry into [0, 1/2].
        Rational two = Rational.of(2);
        Rational turns =
                multiple.minus(two.times(Rational.of(multiple.dividedBy(two).floor())));
        boolean negative = turns.compareTo(Rational.ONE) >= 0;
        if (negative) {
            turns = turns.minus(Rational.ONE);
        }
        if (turns.compareTo(Algebra.HALF) > 0) {
            turns = Rational.ONE.minus(turns);
        }
        Form sine = sineOfFirstQuadrant(turns);
        return negative ? algebra.negate(sine) : sine;
    }

    private Form sineOfFirstQuadrant(Rational turns) {
        Rational twelfths = turns.times(TWELVE);
        Rational tenths = turns.times(TEN);
        if (twelfths.isInteger()) {
            return switch (twelfths.numerator().intValue()) {
                case 0 -> Exact.ZERO;
                case 1 -> quarters(6, -1, 2);
                case 2 -> new Exact(Algebra.HALF);
                case 3 -> algebra.scale(root(2), Algebra.HALF);
                case 4 -> algebra.scale(root(3), Algebra.HALF);
                case 5 -> quarters(6, 1, 2);
                default -> Exact.ONE;
            };
        }
        if (tenths.equals(Rational.ONE)) {
            return quarters(5, -1, 1);
        }
        if (tenths.numerator().equals(BigInteger.valueOf(3)) && tenths.isInteger()) {
            return quarters(5, 1, 1);
        }
        return new Applied(Operation.SIN, algebra.scale(Named.PI, turns));
    }

    private Form quarters(int first, int sign, int second) {
        Form sum = algebra.add(root(first), algebra.scale(root(second), Rational.of(sign)));
        return algebra.scale(sum, Rational.of(1, 4));
    }

    private Form root(int radicand) {
        return algebra.squareRoot(Exact.of(radicand));
    }
}
