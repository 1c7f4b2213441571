package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Equality.Cause;
import dev.cooper.mathverifier.algebra.Equality.Different;
import dev.cooper.mathverifier.algebra.Equality.Equal;
import dev.cooper.mathverifier.algebra.Equality.Method;
import dev.cooper.mathverifier.algebra.Equality.Unsettled;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.algebra.Form.Infinite;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether two scalar expressions are equal, by a ladder of methods: normal form, exact value, residues modulo large
 * primes, doubles with bounds at seeded points, many digits. No input makes it throw; work is bounded by
 * {@link AlgebraBudget}. For any number of threads.
 *
 * <p>Variables are real where that gives both sides a value: {@code \ln x^2} equals {@code 2 \ln x}, which is real for
 * positive x only, but {@code \sqrt{x^2}} does not equal x, since both are real for negative x too. A logarithm without
 * base is decimal or natural, whichever makes the sides equal.
 */
public final class ScalarEquality {
    private final AlgebraBudget budget;
    private final RealConstants constants;
    private final Proportion proportion;

    public ScalarEquality(AlgebraBudget budget) {
        this.budget = budget;
        this.constants = new RealConstants(budget);
        this.proportion = new Proportion(this, constants, budget);
    }

    /** Makes an expression ready to be compared with many. */
    public Scalar prepare(Node node) {
        return prepare(node, Map.of());
    }

    /** With expressions in the place of symbols, all at once: {@code x -> y, y -> x} exchanges them. */
    public Scalar prepare(Node node, Map<String, Node> replacements) {
        return Scalar.of(node, Map.copyOf(replacements), Map.of(), budget);
    }

    public Equality compare(Node reference, Node answer) {
        return compare(prepare(reference), prepare(answer));
    }

    public Equality compare(Scalar reference, Scalar answer) {
        Equality decimal = compare(reference.decimal(), answer.decimal());
        if (decimal instanceof Equal || !(reference.hasTwoReadings() || answer.hasTwoReadings())) {
            return decimal;
        }
        Equality natural = compare(reference.natural(), answer.natural());
        return natural instanceof Different ? decimal : natural;
    }

    /** The exact value of a constant that is a rational number; empty if it is none, or none that is found. */
    public Optional<Rational> exact(Node node) {
        return prepare(node).exact();
    }

    /**
     * A real constant to a relative error of at most 10^−digits, for up to 120 digits; empty if it is not to be had.
     */
    public Optional<Approximation> approximate(Scalar scalar, int digits) {
        Form form = scalar.decimal().form;
        return form == null ? Optional.empty() : constants.approximate(form, digits);
    }

    public Optional<Approximation> approximate(Node node, int digits) {
        return approximate(prepare(node), digits);
    }

    /** 1 or −1 by the sign of a real constant or an infinity, 0 of zero; empty if it is no such, or in doubt. */
    public OptionalInt sign(Node node) {
        return order(prepare(node), prepare(Node.Numeral.of(0)));
    }

    /** −1, 0 or 1 if the first of two real constants or infinities is less, equal or greater; empty if in doubt. */
    public OptionalInt order(Scalar a, Scalar b) {
        Form x = a.decimal().form;
        Form y = b.decimal().form;
        if (x == null || y == null || !x.isConstant() || !y.isConstant()) {
            return OptionalInt.empty();
        }
        if (a.infinity() != 0 || b.infinity() != 0) {
            return OptionalInt.of(Integer.compare(a.infinity(), b.infinity()));
        }
        if (x instanceof Exact p && y instanceof Exact q) {
            return OptionalInt.of(p.value.compareTo(q.value));
        }
        try {
            OptionalInt sign = constants.sign(new Algebra(new Work(budget)).subtract(x, y));
            return sign.isEmpty() && compare(a, b) instanceof Equal ? OptionalInt.of(0) : sign;
        } catch (NoValueException _) {
            return OptionalInt.empty();
        }
    }

    public OptionalInt order(Node a, Node b) {
        return order(prepare(a), prepare(b));
    }

    /** The constant c that is not 0 and for which {@code a = c·b}; empty if there is none, or none that is proven. */
    public Optional<Factor> proportional(Scalar a, Scalar b) {
        return proportion.of(a, b);
    }

    public Optional<Factor> proportional(Node a, Node b) {
        return proportional(prepare(a), prepare(b));
    }

    private Equality compare(Scalar.Reading a, Scalar.Reading b) {
        Form x = a.form;
        Form y = b.form;
        if (x == null || y == null) {
            return withoutForm(a, b);
        }
        if (x instanceof Exact p && y instanceof Exact q) {
            return p.value.equals(q.value) ? new Equal(Method.EXACT_VALUE) : new Different("the exact values differ");
        }
        boolean same = FormOrder.same(x, y);
        if (x instanceof Infinite || y instanceof Infinite) {
            return infinite(x, y, same);
        }
        Fingerprint f = a.fingerprint(x, budget);
        Fingerprint g = b.fingerprint(y, budget);
        if (f.dividesByZero() || g.dividesByZero()) {
            return new Unsettled(Cause.NO_COMMON_DOMAIN, "one side divides by zero");
        }
        if (same) {
            return new Equal(Method.NORMAL_FORM);
        }
        if (f.matches(g) && f.isCertain() && g.isCertain()) {
            return new Equal(Method.MODULAR_FINGERPRINT);
        }
        if (f.differsFrom(g)) {
            return new Different("they differ modulo a large prime");
        }
        return atPoints(x, y, f.matches(g));
    }

    private Equality atPoints(Form x, Form y, boolean proven) {
        PointComparison comparison = new PointComparison(x, y, new Work(budget));
        if (!comparison.sameUnknowns()) {
            return new Unsettled(Cause.NOT_UNDERSTOOD, "one side has a function that the other has not");
        }
        return comparison.compare(proven);
    }

    private static Equality infinite(Form x, Form y, boolean same) {
        if (same) {
            return new Equal(Method.NORMAL_FORM);
        }
        return x.isConstant() && y.isConstant()
                ? new Different("not the same infinity, or only one is infinite")
                : new Unsettled(Cause.NOT_UNDERSTOOD, "one side is infinite");
    }

    private static Equality withoutForm(Scalar.Reading a, Scalar.Reading b) {
        NoValueException failure = a.failure;
        if (failure == null || (failure == NoValueException.UNDEFINED && b.failure != null)) {
            failure = b.failure;
        }
        if (failure == null) {
            throw new IllegalStateException("a reading without form has a failure");
        }
        boolean otherIsKnown = a.form != null || b.form != null;
        return failure == NoValueException.UNDEFINED && otherIsKnown
                ? new Different("one side has no value")
                : new Unsettled(failure.reason(), failure.detail());
    }
}
