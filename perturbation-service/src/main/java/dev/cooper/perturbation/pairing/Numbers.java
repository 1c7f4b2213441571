package dev.cooper.perturbation.pairing;

import dev.cooper.languagemodel.random.CounterRandom;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as they stand in a text: integers, decimals, and digits in groups of three. */
final class Numbers {

    private static final Pattern DIGITS =
            Pattern.compile("(?<![\\p{L}\\d_.])(?:\\d{1,3}(?:,\\d{3})+(?!\\d)|\\d+)(?:\\.\\d+)?(?![\\p{L}_])");

    private static final int GREATEST_CHANGE = 9;
    private static final int GROUP = 3;

    private Numbers() {}

    /**
     * A number in a text.
     *
     * @param start where it begins, its sign included
     * @param end behind its last digit
     * @param digits without sign, as written
     */
    record Literal(int start, int end, boolean negative, String digits) {

        BigDecimal magnitude() {
            return new BigDecimal(digits.replace(",", ""));
        }

        boolean hasValueOf(Literal other) {
            return negative == other.negative && magnitude().compareTo(other.magnitude()) == 0;
        }
    }

    /** All numbers of the text, in their order. */
    static List<Literal> in(String text) {
        List<Literal> numbers = new ArrayList<>();
        Matcher matcher = DIGITS.matcher(text);
        while (matcher.find()) {
            boolean negative = isNegated(text, matcher.start());
            numbers.add(new Literal(
                    negative ? matcher.start() - 1 : matcher.start(), matcher.end(), negative, matcher.group()));
        }
        return List.copyOf(numbers);
    }

    /** A minus right before the digits is theirs, unless something stands before it that it is subtracted from. */
    private static boolean isNegated(String text, int digits) {
        if (digits == 0 || text.charAt(digits - 1) != '-') {
            return false;
        }
        String before = text.substring(0, digits - 1).stripTrailing();
        if (before.isEmpty()) {
            return true;
        }
        char last = before.charAt(before.length() - 1);
        return !Character.isLetterOrDigit(last) && ")]}%".indexOf(last) < 0;
    }

    /**
     * Another number of the same sign and form: one of its digits' units is added or taken away up to
     * {@value #GREATEST_CHANGE} times. Never the same.
     *
     * @param place of the first of two chances of the key
     */
    static String other(Literal number, long key, int place) {
        BigDecimal magnitude = number.magnitude();
        int digits = magnitude.unscaledValue().toString().length();
        BigDecimal unit =
                new BigDecimal(BigInteger.TEN.pow(CounterRandom.integer(key, place, digits)), magnitude.scale());
        int steps = CounterRandom.integer(key, place + 1, 2 * GREATEST_CHANGE) - GREATEST_CHANGE;
        // From -9 to 8: without 0, from -9 to -1 and from 1 to 9.
        BigDecimal change = unit.multiply(BigDecimal.valueOf(steps >= 0 ? steps + 1 : steps));
        BigDecimal changed = magnitude.add(change);
        if (changed.signum() < 0) {
            changed = magnitude.subtract(change);
        }
        String written = number.digits().contains(",") ? grouped(changed) : changed.toPlainString();
        return number.negative() ? "-" + written : written;
    }

    private static String grouped(BigDecimal value) {
        String plain = value.toPlainString();
        int point = plain.indexOf('.');
        StringBuilder written = new StringBuilder(plain);
        for (int i = (point < 0 ? plain.length() : point) - GROUP; i > 0; i -= GROUP) {
            written.insert(i, ',');
        }
        return written.toString();
    }
}
