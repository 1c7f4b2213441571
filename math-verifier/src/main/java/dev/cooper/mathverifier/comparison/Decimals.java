package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigDecimal;
import java.util.Optional;

/** When a decimal answers an exact reference, or a more exact answer a decimal reference. */
final class Decimals {
    /** Digits with which an approximation of an exact reference counts as the exact value. */
    private static final int ENOUGH = 6;

    private static final int FRACTION_OF_REFERENCE = 2;
    private static final int SIGNIFICANT_OF_REFERENCE = 3;
    private static final int GUARD_DIGITS = 15;
    private static final int MOST_DIGITS = 60;

    private Decimals() {}

    /** A rule by which two numbers that are not the same count as equal. */
    static Optional<Comparison> tolerated(Node reference, Node answer, Comparer comparer) {
        Optional<Decimal> wanted = Decimal.of(reference);
        Optional<Decimal> given = Decimal.of(answer);
        if (comparer.mathVerify().isPresent()) {
            return Optional.empty();
        }
        if (wanted.isPresent()) {
            return answersDecimal(wanted.get(), given, answer, comparer)
                    ? Optional.of(Outcomes.equal(
                            Rule.ROUNDS_TO_REFERENCE,
                            "the answer rounds to the reference's "
                                    + wanted.get().fractionDigits() + " decimals"))
                    : Optional.empty();
        }
        return given.isPresent() && isDecimalOf(reference, given.get(), comparer.scalars())
                ? Optional.of(Outcomes.equal(
                        Rule.DECIMAL_OF_REFERENCE,
                        "the reference's value to " + given.get().stated().significant() + " digits"))
                : Optional.empty();
    }

    private static boolean answersDecimal(Decimal wanted, Optional<Decimal> given, Node answer, Comparer comparer) {
        if (comparer.options().roundToReference() && wanted.fractionDigits() > 0) {
            return value(answer, wanted, comparer.scalars())
                    .filter(wanted::rounds)
                    .isPresent();
        }
        if (wanted.fractionDigits() < FRACTION_OF_REFERENCE) {
            return false;
        }
        if (given.isPresent()) {
            return wanted.stated().significant() >= SIGNIFICANT_OF_REFERENCE
                    && given.get().fractionDigits() > wanted.fractionDigits()
                    && wanted.rounds(given.get().value());
        }
        Optional<Rational> exact = comparer.scalars().exact(answer);
        return exact.filter(Decimal::isTerminating).isEmpty()
                && value(answer, wanted, comparer.scalars())
                        .filter(wanted::rounds)
                        .isPresent();
    }

    private static boolean isDecimalOf(Node reference, Decimal given, Scalars scalars) {
        if (given.stated().significant() < ENOUGH) {
            return false;
        }
        Optional<Rational> exact = scalars.exact(reference);
        return exact.filter(Decimal::isTerminating).isEmpty()
                && value(reference, given, scalars)
                        .filter(value -> given.rounds(value) || given.truncates(value))
                        .isPresent();
    }

    /** Whether {@code decimal} is {@code exact} rounded or cut off, to two digits at least. */
    static boolean isRounded(Node exact, Node decimal, Scalars scalars) {
        Optional<Decimal> stated = Decimal.of(decimal).filter(d -> d.stated().significant() > 1);
        return stated.isPresent()
                && value(exact, stated.get(), scalars)
                        .filter(value ->
                                stated.get().rounds(value) || stated.get().truncates(value))
                        .isPresent();
    }

    /** The value of a number, exact or to more digits than {@code decimal} states. */
    private static Optional<Rational> value(Node node, Decimal decimal, Scalars scalars) {
        Optional<Rational> exact = scalars.exact(node);
        if (exact.isPresent()) {
            return exact;
        }
        if (!Trees.symbols(node).isEmpty()) {
            return Optional.empty();
        }
        int digits = Math.min(MOST_DIGITS, decimal.stated().significant() + GUARD_DIGITS);
        return scalars.approximate(node, digits).map(Decimals::rational);
    }

    private static Rational rational(BigDecimal value) {
        return Rational.decimal(value.unscaledValue(), -value.scale());
    }
}
