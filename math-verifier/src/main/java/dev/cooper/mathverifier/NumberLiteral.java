package dev.cooper.mathverifier;

import dev.cooper.mathverifier.numeric.Rational;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A number as digits, grouped or not, with an optional decimal part and exponent: {@code 1,234.50}, {@code .5},
 * {@code 1 000}, {@code 1.5e3}.
 *
 * @param text the number without separators
 * @param end the index behind it
 */
record NumberLiteral(String text, int end) {
    /** Stands for a separator that certainly groups digits, as {@code 1{,}234} has it. */
    static final char GROUPING = '\ue000';

    private static final int GROUP = 3;
    /** More digits than this in an exponent are beyond any budget. */
    private static final int EXPONENT_DIGITS = 9;

    static boolean startsAt(String text, int at) {
        char c = text.charAt(at);
        if (c == '.') {
            boolean behindNumber = at > 0 && (Characters.isDigit(text.charAt(at - 1)) || text.charAt(at - 1) == '.');
            return !behindNumber && at + 1 < text.length() && Characters.isDigit(text.charAt(at + 1));
        }
        return Characters.isDigit(c);
    }

    /** @param commaGroups whether a bare comma may group digits; inside brackets it separates elements */
    static NumberLiteral scan(String text, int begin, boolean commaGroups) {
        var number = new StringBuilder();
        int i = digits(text, begin, number);
        for (char separator : new char[] {',', ' ', GROUPING}) {
            if (separator != ',' || commaGroups) {
                i = Math.max(i, grouped(text, begin, i, separator, number));
            }
        }
        if (i + 1 < text.length() && text.charAt(i) == '.' && Characters.isDigit(text.charAt(i + 1))) {
            number.append(i == begin ? "0." : ".");
            i = digits(text, i + 1, number);
        }
        int end = exponent(text, i, number);
        return new NumberLiteral(number.toString(), end);
    }

    /** Appends the groups behind the first one, if all of them have three digits; returns the index behind them. */
    private static int grouped(String text, int begin, int firstEnd, char separator, StringBuilder number) {
        int first = firstEnd - begin;
        if (first < 1 || first > GROUP || text.charAt(begin) == '0') {
            return firstEnd;
        }
        int i = firstEnd;
        var groups = new StringBuilder();
        while (i + 1 < text.length() && text.charAt(i) == separator && Characters.isDigit(text.charAt(i + 1))) {
            int end = digits(text, i + 1, groups);
            if (end - i - 1 != GROUP) {
                return firstEnd;
            }
            i = end;
        }
        if (separator == ' ' && i < text.length() && text.charAt(i) == '/') {
            // A mixed number: 3 125/200.
            return firstEnd;
        }
        number.append(groups);
        return i;
    }

    private static int digits(String text, int from, StringBuilder into) {
        int i = from;
        while (i < text.length() && Characters.isDigit(text.charAt(i))) {
            into.append(text.charAt(i));
            i++;
        }
        return i;
    }

    private static int exponent(String text, int from, StringBuilder number) {
        if (from >= text.length() || (text.charAt(from) != 'e' && text.charAt(from) != 'E')) {
            return from;
        }
        var exponent = new StringBuilder("e");
        int i = from + 1;
        if (i < text.length() && (text.charAt(i) == '-' || text.charAt(i) == '+')) {
            exponent.append(text.charAt(i) == '-' ? "-" : "");
            i++;
        }
        int end = digits(text, i, exponent);
        if (end == i || (end < text.length() && Character.isLetter(text.charAt(end)))) {
            return from;
        }
        number.append(exponent);
        return end;
    }

    /** The exact value of a literal's text; empty if it has more digits or a larger exponent than {@code budget}. */
    static Optional<Rational> value(String literal, int budget) {
        int e = literal.indexOf('e');
        String mantissa = e < 0 ? literal : literal.substring(0, e);
        String power = e < 0 ? "0" : literal.substring(e + 1);
        if (mantissa.length() > budget || power.length() > EXPONENT_DIGITS) {
            return Optional.empty();
        }
        int exponent = Integer.parseInt(power) - fractionDigits(literal);
        if (Math.abs(exponent) > budget) {
            return Optional.empty();
        }
        return Optional.of(Rational.decimal(new BigInteger(mantissa.replace(".", "")), exponent));
    }

    static int fractionDigits(String literal) {
        int point = literal.indexOf('.');
        int e = literal.indexOf('e');
        return point < 0 ? 0 : (e < 0 ? literal.length() : e) - point - 1;
    }
}
