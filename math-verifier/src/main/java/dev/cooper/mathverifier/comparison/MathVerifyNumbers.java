package dev.cooper.mathverifier.comparison;

import dev.cooper.mathverifier.MathVerifyRules;
import dev.cooper.mathverifier.Rule;
import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;

/** Numbers of which one is a decimal: Math-Verify rounds both to some fraction digits. */
final class MathVerifyNumbers {
    private static final int GUARD_DIGITS = 20;

    private MathVerifyNumbers() {}

    static Optional<Comparison> compare(Node reference, Node answer, MathVerifyRules rules, Scalars scalars) {
        boolean decimal =
                Decimal.of(reference).isPresent() || Decimal.of(answer).isPresent();
        if (!decimal) {
            return Optional.empty();
        }
        Optional<BigInteger> wanted = rounded(reference, rules.precision(), scalars);
        Optional<BigInteger> given = rounded(answer, rules.precision(), scalars);
        return wanted.isPresent() && wanted.equals(given)
                ? Optional.of(Outcomes.equal(
                        Rule.MATH_VERIFY, "the same number rounded to " + rules.precision() + " fraction digits"))
                : Optional.empty();
    }

    private static Optional<BigInteger> rounded(Node node, int digits, Scalars scalars) {
        Optional<BigDecimal> value = scalars.exact(node)
                .map(MathVerifyNumbers::decimal)
                .or(() -> scalars.approximate(node, digits + GUARD_DIGITS));
        return value.map(v -> v.setScale(digits, RoundingMode.HALF_EVEN).unscaledValue());
    }

    private static BigDecimal decimal(Rational value) {
        int digits = value.numerator().bitLength() / 3 + GUARD_DIGITS;
        return new BigDecimal(value.numerator())
                .divide(new BigDecimal(value.denominator()), new MathContext(digits + GUARD_DIGITS));
    }
}
