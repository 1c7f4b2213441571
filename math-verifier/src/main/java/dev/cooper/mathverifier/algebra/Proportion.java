package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Equality.Equal;
import dev.cooper.mathverifier.algebra.Form.Exact;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether one expression is a constant multiple of another. At a point where both have a value that is not zero, the
 * quotient of these is the only candidate, exact as they are; the ladder then compares the one with that multiple of
 * the other.
 */
final class Proportion {
    private static final int TRIES = 10;

    private final ScalarEquality equality;
    private final RealConstants constants;
    private final AlgebraBudget budget;

    Proportion(ScalarEquality equality, RealConstants constants, AlgebraBudget budget) {
        this.equality = equality;
        this.constants = constants;
        this.budget = budget;
    }

    Optional<Factor> of(Scalar a, Scalar b) {
        Form x = a.decimal().form;
        Form y = b.decimal().form;
        if (x == null || y == null || x instanceof Form.Infinite || y instanceof Form.Infinite) {
            return Optional.empty();
        }
        if (x instanceof Exact p && y instanceof Exact q) {
            return ofNumbers(p.value, q.value);
        }
        Set<String> names = new TreeSet<>(a.symbols());
        names.addAll(b.symbols());
        for (int index = 0; index < TRIES; index++) {
            Map<String, Node> point = point(names, index);
            Optional<Form> candidate = candidate(a.at(point, budget), b.at(point, budget));
            if (candidate.isPresent()) {
                return confirmed(x, y, candidate.get(), a);
            }
        }
        return Optional.empty();
    }

    private static Optional<Factor> ofNumbers(Rational a, Rational b) {
        if (a.isZero() || b.isZero()) {
            return a.isZero() && b.isZero() ? Optional.of(new Factor(1, Optional.of(Rational.ONE))) : Optional.empty();
        }
        Rational factor = a.dividedBy(b);
        return Optional.of(new Factor(factor.signum(), Optional.of(factor)));
    }

    /** Small integers first, since they keep the numbers short; then fractions, then negative ones. */
    private static Map<String, Node> point(Set<String> names, int index) {
        Map<String, Node> point = HashMap.newHashMap(names.size());
        for (String name : names) {
            int choice = Math.floorMod(Seeds.combine(Seeds.of(name), index), 11) + 2;
            Rational value = switch (index % 4) {
                case 0, 1 -> Rational.of(choice);
                case 2 -> Rational.of(1, choice);
                default -> Rational.of(-choice);
            };
            point.put(name, new Node.Numeral(value, Optional.empty()));
        }
        return point;
    }

    private Optional<Form> candidate(Scalar a, Scalar b) {
        Form x = a.decimal().form;
        Form y = b.decimal().form;
        if (x == null || y == null || x instanceof Form.Infinite || y instanceof Form.Infinite) {
            return Optional.empty();
        }
        try {
            Constants.requireNonZero(x);
            Constants.requireNonZero(y);
            return Optional.of(new Algebra(new Work(budget)).divide(x, y));
        } catch (NoValueException _) {
            // This point tells nothing; another may.
            return Optional.empty();
        }
    }

    private Optional<Factor> confirmed(Form x, Form y, Form factor, Scalar a) {
        try {
            Scalar multiple = Scalar.of(new Algebra(new Work(budget)).multiply(factor, y));
            Scalar single = a.hasTwoReadings() ? Scalar.of(x) : a;
            if (!(equality.compare(single, multiple) instanceof Equal)) {
                return Optional.empty();
            }
        } catch (NoValueException _) {
            return Optional.empty();
        }
        OptionalInt sign = constants.sign(factor);
        Optional<Rational> exact = factor instanceof Exact e ? Optional.of(e.value) : Optional.empty();
        return Optional.of(new Factor(sign.orElse(0), exact));
    }
}
