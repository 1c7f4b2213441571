package dev.cooper.mathverifier;

import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * Reads tokens as one number in literal form, with sign, currency, percent sign and unit. Sums, products and roots are
 * not evaluated: an answer has to state its value.
 */
final class NumberReader {
    private static final int BITS_PER_DIGIT = 8;

    private final List<Token> tokens;
    private final CheckOptions.Budget budget;
    private int position;
    private boolean overBudget;
    private int fractionDigits;

    NumberReader(List<Token> tokens, CheckOptions.Budget budget) {
        this.tokens = tokens;
        this.budget = budget;
    }

    /** Whether {@link #read} failed only because a number is too large. */
    boolean overBudget() {
        return overBudget;
    }

    Optional<Value.Numeric> read() {
        Optional<String> currency = currency();
        boolean negative = sign();
        if (currency.isEmpty()) {
            currency = currency();
        }
        Optional<Rational> magnitude = magnitude(0);
        if (magnitude.isEmpty()) {
            return Optional.empty();
        }
        boolean percent = percent();
        Optional<String> unit = Units.canonical(tokens.subList(position, tokens.size()));
        if (unit.isEmpty()) {
            return Optional.empty();
        }
        Rational value = negative ? magnitude.get().negate() : magnitude.get();
        return Optional.of(new Value.Numeric(value, percent, currency.orElse(unit.get()), fractionDigits));
    }

    private Optional<String> currency() {
        if (position < tokens.size() && Units.isCurrency(tokens.get(position))) {
            return Units.canonical(List.of(tokens.get(position++)));
        }
        return Optional.empty();
    }

    /** Consumes a sign; true for a minus. */
    private boolean sign() {
        if (at("-") || at("+")) {
            return tokens.get(position++).isSymbol("-");
        }
        return false;
    }

    private boolean percent() {
        boolean percent = at("%")
                || (position < tokens.size()
                        && tokens.get(position).isLetters()
                        && List.of("percent", "pct", "percentage")
                                .contains(tokens.get(position).text()));
        position += percent ? 1 : 0;
        return percent;
    }

    private Optional<Rational> magnitude(int depth) {
        if (depth > budget.depth() || position >= tokens.size()) {
            return Optional.empty();
        }
        if (atCommand("frac")) {
            return fraction(depth);
        }
        if (!tokens.get(position).isNumber()) {
            return Optional.empty();
        }
        String text = tokens.get(position++).text();
        Optional<Rational> literal = literal(text);
        if (literal.isEmpty()) {
            return literal;
        }
        if (at("/") && numberAt(position + 1)) {
            position++;
            return divide(literal.get(), literal(tokens.get(position++).text()));
        }
        if (at("^") && !Units.beginsDegree(tokens, position)) {
            return power(literal.get());
        }
        if (isTimesPowerOfTen()) {
            position += 2;
            return power(Rational.of(10)).flatMap(p -> within(literal.get().times(p)));
        }
        return mixed(text, literal.get(), depth);
    }

    /** {@code 2\frac{1}{2}} or {@code 2 1/2}; without a proper fraction behind it the literal itself. */
    private Optional<Rational> mixed(String text, Rational whole, int depth) {
        Optional<Rational> part;
        if (atCommand("frac")) {
            part = fraction(depth);
        } else if (numberAt(position) && tokens.get(position).spaced() && symbolAt(position + 1, "/")) {
            part = magnitude(depth + 1);
        } else {
            fractionDigits = depth == 0 && text.indexOf('e') < 0 ? NumberLiteral.fractionDigits(text) : 0;
            return Optional.of(whole);
        }
        boolean integer = text.chars().allMatch(c -> Characters.isDigit((char) c));
        return part.filter(p -> integer && p.numerator().signum() > 0 && p.isAtMost(Rational.of(1)))
                .flatMap(p -> within(whole.plus(p)));
    }

    private Optional<Rational> fraction(int depth) {
        position++;
        if (numberAt(position) && tokens.get(position).text().length() == 2) {
            // \frac12: two single digits without braces.
            String digits = tokens.get(position++).text();
            return divide(literal(digits.substring(0, 1)).orElseThrow(), literal(digits.substring(1)));
        }
        Optional<Rational> numerator = argument(depth);
        return numerator.isEmpty() ? numerator : divide(numerator.get(), argument(depth));
    }

    private Optional<Rational> argument(int depth) {
        if (numberAt(position) && tokens.get(position).text().length() == 1) {
            return literal(tokens.get(position++).text());
        }
        if (!at("{")) {
            return Optional.empty();
        }
        position++;
        boolean negative = sign();
        Optional<Rational> inner = magnitude(depth + 1);
        if (inner.isEmpty() || !at("}")) {
            return Optional.empty();
        }
        position++;
        return negative ? inner.map(Rational::negate) : inner;
    }

    private Optional<Rational> power(Rational base) {
        position++;
        boolean braced = at("{");
        position += braced ? 1 : 0;
        boolean negative = sign();
        if (!numberAt(position)) {
            return Optional.empty();
        }
        String text = tokens.get(position++).text();
        if (braced && !at("}")) {
            return Optional.empty();
        }
        position += braced ? 1 : 0;
        Optional<Rational> exponent = literal(text).filter(Rational::isInteger);
        if (exponent.isEmpty() || (base.isZero() && (negative || exponent.get().isZero()))) {
            return Optional.empty();
        }
        BigInteger size = BigInteger.valueOf(bits(base)).multiply(exponent.get().numerator());
        if (size.compareTo(BigInteger.valueOf((long) BITS_PER_DIGIT * budget.digits())) > 0) {
            overBudget = true;
            return Optional.empty();
        }
        Rational result = base.pow(exponent.get().numerator().intValueExact());
        return within(negative ? result.reciprocal() : result);
    }

    private boolean isTimesPowerOfTen() {
        boolean times = at("*")
                || atCommand("times")
                || (position < tokens.size()
                        && tokens.get(position).kind() == Token.Kind.WORD
                        && tokens.get(position).text().equalsIgnoreCase("x"));
        return times
                && numberAt(position + 1)
                && tokens.get(position + 1).text().equals("10")
                && symbolAt(position + 2, "^");
    }

    private Optional<Rational> literal(String text) {
        Optional<Rational> value = NumberLiteral.value(text, budget.digits());
        overBudget |= value.isEmpty();
        return value;
    }

    private Optional<Rational> divide(Rational numerator, Optional<Rational> denominator) {
        return denominator.filter(d -> !d.isZero()).flatMap(d -> within(numerator.times(d.reciprocal())));
    }

    private Optional<Rational> within(Rational value) {
        if (bits(value) > (long) BITS_PER_DIGIT * budget.digits()) {
            overBudget = true;
            return Optional.empty();
        }
        return Optional.of(value);
    }

    private static int bits(Rational value) {
        return Math.max(value.numerator().bitLength(), value.denominator().bitLength());
    }

    private boolean at(String symbol) {
        return symbolAt(position, symbol);
    }

    private boolean symbolAt(int index, String symbol) {
        return index < tokens.size() && tokens.get(index).isSymbol(symbol);
    }

    private boolean atCommand(String name) {
        return position < tokens.size() && tokens.get(position).isCommand(name);
    }

    private boolean numberAt(int index) {
        return index < tokens.size() && tokens.get(index).isNumber();
    }
}
