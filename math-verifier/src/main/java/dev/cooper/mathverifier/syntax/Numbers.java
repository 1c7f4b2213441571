package dev.cooper.mathverifier.syntax;

import dev.cooper.mathverifier.numeric.Rational;
import dev.cooper.mathverifier.syntax.Node.Mixed;
import dev.cooper.mathverifier.syntax.Node.Numeral;
import dev.cooper.mathverifier.syntax.Node.Power;
import dev.cooper.mathverifier.syntax.Node.StatedDigits;
import dev.cooper.mathverifier.syntax.Token.Kind;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Numbers in digits: integers, decimals, repeating decimals, mixed numbers, numbers in a base. */
final class Numbers {
    private static final int SHORTEST_REPETITION = 3;

    private final Grammar grammar;
    private final TokenStream in;
    private final Bases bases;

    Numbers(Grammar grammar) {
        this.grammar = grammar;
        in = grammar.in;
        bases = new Bases(grammar);
    }

    /** The number that is next. */
    Node number() throws SyntaxFailure {
        Node inBase = bases.number();
        if (inBase != null) {
            return inBase;
        }
        String digits = in.next().text();
        if (in.peek().isCommand("overline") || in.peek().isCommand("\\dot") || digits.endsWith(".")) {
            Node repeating = repeating(digits);
            if (repeating != null) {
                return repeating;
            }
        }
        if (in.peek().isCommand("ldots") && digits.indexOf('.') >= 0) {
            in.next();
            return continued(digits);
        }
        if (digits.indexOf('.') < 0 && digits.indexOf('e') < 0) {
            Rational whole = new Rational(integer(digits), BigInteger.ONE);
            Rational fraction = mixedFraction();
            return fraction == null ? new Numeral(whole, Optional.empty()) : new Mixed(whole, fraction);
        }
        return decimal(digits);
    }

    /** The number that is next, alone: no base, no fraction behind it. */
    Node literal() throws SyntaxFailure {
        String digits = in.next().text();
        boolean whole = digits.indexOf('.') < 0 && digits.indexOf('e') < 0;
        return whole ? new Numeral(new Rational(integer(digits), BigInteger.ONE), Optional.empty()) : decimal(digits);
    }

    BigInteger integer(String digits) throws SyntaxFailure {
        if (digits.isEmpty()) {
            throw SyntaxFailure.unreadable("a decimal point without digits");
        }
        requireWithinBudget(digits.length());
        return new BigInteger(digits);
    }

    private void requireWithinBudget(long digits) throws SyntaxFailure {
        if (digits > in.budget().digits()) {
            throw SyntaxFailure.tooLarge("a number of more than " + in.budget().digits() + " digits");
        }
    }

    private Numeral decimal(String text) throws SyntaxFailure {
        int e = text.indexOf('e');
        String mantissa = e < 0 ? text : text.substring(0, e);
        int exponent = e < 0 ? 0 : exponent(text.substring(e + 1));
        int point = mantissa.indexOf('.');
        String digits = point < 0 ? mantissa : mantissa.substring(0, point) + mantissa.substring(point + 1);
        int lastPlace = exponent - (point < 0 ? 0 : mantissa.length() - point - 1);
        BigInteger unscaled = integer(digits);
        requireWithinBudget(Math.abs((long) lastPlace));
        return new Numeral(
                Rational.decimal(unscaled, lastPlace), Optional.of(new StatedDigits(significant(digits), lastPlace)));
    }

    private int exponent(String text) throws SyntaxFailure {
        boolean negative = text.startsWith("-");
        BigInteger size = integer(negative ? text.substring(1) : text);
        if (size.compareTo(BigInteger.valueOf(in.budget().digits())) > 0) {
            throw SyntaxFailure.tooLarge("a power of ten beyond " + in.budget().digits());
        }
        return negative ? -size.intValueExact() : size.intValueExact();
    }

    private static int significant(String digits) {
        int zeros = 0;
        while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
            zeros++;
        }
        return digits.length() - zeros;
    }

    /** {@code 0.\overline{3}}, {@code 0.1\overline{6}}, {@code 0.\dot{3}} and {@code 0.(3)}; null if it is none. */
    private @Nullable Node repeating(String digits) throws SyntaxFailure {
        if (digits.indexOf('.') < 0 || digits.indexOf('e') >= 0) {
            return null;
        }
        int bracket = in.peek().isOpen("(") ? 0 : 1;
        Token block = in.peek(bracket + 1);
        boolean whole = in.peek(bracket).kind() == Kind.OPEN
                && block.kind() == Kind.NUMBER
                && in.peek(bracket + 2).kind() == Kind.CLOSE;
        if (!whole || !block.text().chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw in.notUnderstood();
        }
        in.moveTo(in.position() + bracket + SHORTEST_REPETITION);
        return repeating(digits, block.text());
    }

    /** Digits up to the repeating block, and the block: (all - before) / (99..9 00..0). */
    private Numeral repeating(String digits, String block) throws SyntaxFailure {
        int point = digits.indexOf('.');
        String before = digits.substring(0, point) + digits.substring(point + 1);
        BigInteger all = integer(before + block);
        BigInteger nines = BigInteger.TEN.pow(block.length()).subtract(BigInteger.ONE);
        BigInteger divisor = nines.multiply(BigInteger.TEN.pow(digits.length() - point - 1));
        BigInteger start = before.isEmpty() ? BigInteger.ZERO : integer(before);
        return new Numeral(new Rational(all.subtract(start), divisor), Optional.empty());
    }

    /** 0.333... repeats its last digits if they stand there often enough; 3.14159... states what it shows. */
    private Numeral continued(String digits) throws SyntaxFailure {
        String fraction = digits.substring(digits.indexOf('.') + 1);
        for (int period = 1; period * 2 <= fraction.length(); period++) {
            int times = repetitions(fraction, period);
            boolean whole = times * period == fraction.length();
            if (times >= SHORTEST_REPETITION || (times == 2 && whole) || (times == 2 && period > 2)) {
                String block = fraction.substring(fraction.length() - period);
                return repeating(digits.substring(0, digits.length() - times * period), block);
            }
        }
        return decimal(digits);
    }

    private static int repetitions(String fraction, int period) {
        int times = 1;
        int end = fraction.length();
        while (end - (times + 1) * period >= 0
                && fraction.regionMatches(end - (times + 1) * period, fraction, end - period, period)) {
            times++;
        }
        return times;
    }

    /** The proper fraction of literal numbers that follows a whole number, taken; null if there is none. */
    private @Nullable Rational mixedFraction() throws SyntaxFailure {
        if (in.peek().isCommand("frac")) {
            return LiteralFraction.afterWhole(in, grammar);
        }
        boolean slashed = in.peek().kind() == Kind.NUMBER
                && in.peek().isSpaced()
                && in.peek(1).isSymbol("/")
                && in.peek(2).kind() == Kind.NUMBER;
        if (!slashed) {
            return null;
        }
        Rational fraction = LiteralFraction.proper(in.peek().text(), in.peek(2).text());
        if (fraction != null) {
            in.moveTo(in.position() + 3);
        }
        return fraction;
    }

    /** A decimal times a power of ten, as one number; null if they are none. */
    @Nullable
    Numeral scientific(Node mantissa, Node power) throws SyntaxFailure {
        if (!(mantissa instanceof Numeral decimal) || decimal.stated().isEmpty()) {
            return null;
        }
        Integer exponent = exponentOfTen(power);
        if (exponent == null) {
            return null;
        }
        StatedDigits stated = decimal.stated().get();
        int lastPlace = stated.lastPlace() + exponent;
        requireWithinBudget(Math.abs((long) lastPlace));
        return new Numeral(
                decimal.value().times(Rational.decimal(BigInteger.ONE, exponent)),
                Optional.of(new StatedDigits(stated.significant(), lastPlace)));
    }

    private @Nullable Integer exponentOfTen(Node power) throws SyntaxFailure {
        if (!(power instanceof Power(Numeral base, Node written)) || !base.equals(Numeral.of(10))) {
            return null;
        }
        boolean negative = written instanceof Node.Negation;
        Node size = written instanceof Node.Negation(Node inner) ? inner : written;
        if (!(size instanceof Numeral number)
                || !number.value().isInteger()
                || number.stated().isPresent()) {
            return null;
        }
        int exponent = exponent(number.value().toString());
        return negative ? -exponent : exponent;
    }
}
