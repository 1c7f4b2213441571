package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Equality.Cause;
import dev.cooper.mathverifier.algebra.Equality.Different;
import dev.cooper.mathverifier.algebra.Equality.Equal;
import dev.cooper.mathverifier.algebra.Equality.Method;
import dev.cooper.mathverifier.algebra.Equality.Unsettled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two forms at seeded points: first in doubles with bounds, where what differs nearly always shows; then, where the
 * bounds overlap at every point, to many digits.
 *
 * <p>Points at which both are real count. Only where there are none, complex values are compared.
 */
final class PointComparison {
    private static final int UNKNOWNS = Form.UNKNOWN | Form.OPAQUE;
    private static final int ENOUGH = 3;
    private static final int COMPLEX_TRIES = 8;
    private static final int POINTS_IN_DIGITS = 2;
    private static final int[] DIGITS = {64, 130};

    private final Form a;
    private final Form b;
    private final Work work;
    private final Points points;
    private final boolean constant;
    private final boolean sameUnknowns;
    private final boolean complexPoints;
    private final boolean stepwise;
    /** Indexes of the points at which both have a value. */
    private final int[] good = new int[ENOUGH];

    private int found;
    /** Whether one had a value at a point where the other had none. */
    private boolean onlyLeft;

    private boolean onlyRight;
    private boolean realOnly;
    private NoValueException failure = NoValueException.UNKNOWN;

    PointComparison(Form a, Form b, Work work) {
        this.a = a;
        this.b = b;
        this.work = work;
        Symbols symbols = Symbols.all(a, b);
        this.sameUnknowns = !(a.has(UNKNOWNS) || b.has(UNKNOWNS))
                || Symbols.all(a).unknowns().equals(Symbols.all(b).unknowns());
        this.points = new Points(symbols, a, b);
        this.stepwise = symbols.haveSteps();
        this.constant = symbols.variables().isEmpty();
        this.complexPoints = symbols.areComplex();
    }

    /** Whether functions that are not known are so on both sides; if not, one may turn out to be the other side. */
    boolean sameUnknowns() {
        return sameUnknowns;
    }

    /** @param proven whether the values are known to be the same but for the choice of roots, so that bounds suffice */
    Equality compare(boolean proven) {
        try {
            Optional<Equality> different = compareInDoubles();
            if (different.isPresent()) {
                return different.get();
            }
            if (found == 0 && constant && failure == NoValueException.UNKNOWN) {
                // Too large or too small for doubles, or too near a place where they cannot tell.
                found = 1;
                return compareDigits();
            }
            if (found == 0) {
                return new Unsettled(
                        failure == NoValueException.UNKNOWN ? Cause.NO_COMMON_DOMAIN : failure.reason(),
                        failure.detail());
            }
            if (!proven && onlyLeft && onlyRight) {
                return new Unsettled(
                        Cause.NO_COMMON_DOMAIN, "their values agree, but each has some where the other has none");
            }
            if (!proven && !(points.areEnough() && (!stepwise || found == points.count()))) {
                return new Unsettled(Cause.IN_DOUBT, "their values agree, but at too few points");
            }
            return proven ? new Equal(Method.POLYNOMIAL_ALGEBRA) : compareDigits();
        } catch (NoValueException e) {
            return new Unsettled(e.reason(), e.detail());
        }
    }

    private Optional<Equality> compareInDoubles() {
        realOnly = !a.has(Form.IMAGINARY) && !b.has(Form.IMAGINARY) && !complexPoints;
        Optional<Equality> different = sweep(points.count());
        if (different.isEmpty() && found == 0 && realOnly) {
            realOnly = false;
            different = sweep(COMPLEX_TRIES);
        }
        return different;
    }

    private Optional<Equality> sweep(int tries) {
        Evaluator<Ball> evaluator = new Evaluator<>(BallArithmetic.INSTANCE, realOnly, work);
        for (int index = 0;
                index < tries && (points.areConsecutive() || index < Points.KINDS || found < ENOUGH);
                index++) {
            Meeting meeting = meet(evaluator, index);
            if (meeting == Meeting.APART) {
                return Optional.of(new Different("their values differ" + (constant ? "" : " at a point")));
            }
            if (meeting == Meeting.OVERLAP) {
                good[found++ % ENOUGH] = index;
            }
            if (constant) {
                break;
            }
        }
        return Optional.empty();
    }

    private Meeting meet(Evaluator<Ball> evaluator, int index) {
        Scope<Ball> scope = points.at(index, complexPoints, evaluator.complex());
        Complex<Ball> x = valueOrNull(evaluator, a, scope);
        Complex<Ball> y = valueOrNull(evaluator, b, scope);
        if (x == null || y == null) {
            onlyLeft |= x != null;
            onlyRight |= y != null;
            return Meeting.NONE;
        }
        return areApart(x.re(), y.re()) || areApart(x.im(), y.im()) ? Meeting.APART : Meeting.OVERLAP;
    }

    private @Nullable Complex<Ball> valueOrNull(Evaluator<Ball> evaluator, Form form, @Nullable Scope<Ball> scope) {
        try {
            return evaluator.value(form, scope);
        } catch (NoValueException e) {
            if (e == NoValueException.STEPS) {
                throw e;
            }
            failure = e;
            return null;
        }
    }

    private static boolean areApart(Ball x, Ball y) {
        return Math.abs(x.middle() - y.middle()) > (x.radius() + y.radius()) * (1 + 0x1p-40);
    }

    private Equality compareDigits() {
        for (int digits : DIGITS) {
            boolean agreed = true;
            for (int i = 0; i < Math.min(found, POINTS_IN_DIGITS) && agreed; i++) {
                BigBallArithmetic arithmetic = new BigBallArithmetic(digits);
                Evaluator<BigBall> evaluator = new Evaluator<>(arithmetic, realOnly, work);
                Scope<BigBall> scope = points.at(good[i], complexPoints, evaluator.complex());
                Complex<BigBall> x = evaluator.value(a, scope);
                Complex<BigBall> y = evaluator.value(b, scope);
                DigitAgreement agreement = DigitAgreement.of(x, y);
                if (agreement == DigitAgreement.DIFFERENT) {
                    return new Different("their values differ in the first " + digits + " digits");
                }
                agreed = agreement == DigitAgreement.AGREED && !arithmetic.hasLostTerm();
            }
            if (agreed) {
                return new Equal(Method.HIGH_PRECISION);
            }
        }
        return new Unsettled(Cause.IN_DOUBT, "their values agree, but too few digits are certain");
    }

    private enum Meeting {
        APART,
        OVERLAP,
        NONE
    }
}
