package dev.cooper.mathverifier.metamorphic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scalars rewritten with the same value: numbers, fractions, radicals, sums. Every form that {@link PlainEvaluator} can
 * evaluate is checked by it, so that a mistake here cannot count against the verifier.
 */
final class Rewritings {
    private static final Pattern FRACTION = Pattern.compile("(-?)\\\\[dt]?frac\\{(-?\\d{1,15})}\\{(\\d{1,15})}");
    private static final Pattern SURD = Pattern.compile("(-?\\d{0,6}) ?\\\\sqrt\\{(\\d{1,6})}");
    private static final Pattern DEGREES = Pattern.compile("(-?[\\d.]+) ?\\^\\{? ?\\\\circ ?}?");

    private final List<Variant> variants = new ArrayList<>();
    private final String text;

    private Rewritings(String text) {
        this.text = text;
    }

    static List<Variant> of(String answer) {
        String plain = AnswerText.plain(answer);
        if (!IndependentEquality.isScalar(plain)) {
            return List.of();
        }
        var rewritings = new Rewritings(plain);
        if (AnswerText.isInteger(plain)) {
            rewritings.integer(new BigInteger(plain));
        } else if (plain.matches("-?\\d*\\.\\d+")) {
            rewritings.decimal(new BigDecimal(plain));
        } else {
            rewritings.exact();
        }
        return rewritings.variants;
    }

    private void integer(BigInteger n) {
        String grouped = String.format(Locale.ROOT, "%,d", n);
        if (n.abs().compareTo(BigInteger.valueOf(9999)) > 0) {
            add("commas", grouped);
            add("LaTeX commas", grouped.replace(",", "{,}"));
            add("thin-space groups", grouped.replace(",", "\\,"));
        }
        add("decimal of an integer", n + ".0");
        add("doubled fraction", "\\frac{" + n.shiftLeft(1) + "}{2}");
        add("over one", n + "/1");
        add("predecessor plus one", n.subtract(BigInteger.ONE) + " + 1");
        add("label", "x = " + n);
        add("words behind", n + "\\text{ units}");
        add("sum of itself and zero", "0 + " + (n.signum() < 0 ? "(" + n + ")" : n));
    }

    private void decimal(BigDecimal d) {
        add("trailing zero", d.toPlainString() + "0");
        BigInteger denominator = BigInteger.TEN.pow(d.scale());
        add("decimal as a fraction", "\\frac{" + d.unscaledValue() + "}{" + denominator + "}");
        add("label", "x = " + d.toPlainString());
    }

    private void exact() {
        Matcher fraction = FRACTION.matcher(text);
        if (fraction.matches()) {
            fraction(new BigInteger(fraction.group(1) + fraction.group(2).replace("-", "")), fraction);
        }
        Matcher surd = SURD.matcher(text);
        if (surd.matches()) {
            surd(surd);
        }
        Matcher degrees = DEGREES.matcher(text);
        if (degrees.matches()) {
            add("degrees in a word", degrees.group(1) + "\\text{ degrees}");
            return;
        }
        if (AnswerText.hasWords(text) || text.matches("\\(?[A-Za-z]\\)?")) {
            return;
        }
        reorderedSum();
        add("twice over two", "\\frac{2\\left(" + text + "\\right)}{2}");
        add("plus and minus three", text + " + 3 - 3");
        add("one times", "1 \\cdot \\left(" + text + "\\right)");
        add("negated twice", "-\\left(-\\left(" + text + "\\right)\\right)");
    }

    private void fraction(BigInteger n, Matcher fraction) {
        if (fraction.group(2).startsWith("-")) {
            return;
        }
        BigInteger d = new BigInteger(fraction.group(3));
        add("slash", n + "/" + d);
        add("tripled", "\\frac{" + n.multiply(BigInteger.valueOf(3)) + "}{" + d.multiply(BigInteger.valueOf(3)) + "}");
        add("sign above", "\\frac{" + n + "}{" + d + "}");
        add("times the reciprocal", n + " \\cdot \\frac{1}{" + d + "}");
        add("divided", n + " \\div " + d);
        if (n.abs().compareTo(d) > 0 && n.mod(d).signum() != 0) {
            BigInteger[] parts = n.abs().divideAndRemainder(d);
            add("mixed", (n.signum() < 0 ? "-" : "") + parts[0] + "\\frac{" + parts[1] + "}{" + d + "}");
        }
        decimalOf(new BigDecimal(n), new BigDecimal(d));
    }

    private void decimalOf(BigDecimal n, BigDecimal d) {
        BigDecimal rounded = n.divide(d, new MathContext(9));
        boolean terminates = rounded.multiply(d).compareTo(n) == 0;
        variants.add(new Variant(terminates ? "terminating decimal" : "nine digits", rounded.toPlainString()));
    }

    private void surd(Matcher surd) {
        BigInteger factor = switch (surd.group(1)) {
            case "" -> BigInteger.ONE;
            case "-" -> BigInteger.ONE.negate();
            default -> new BigInteger(surd.group(1));
        };
        BigInteger radicand = new BigInteger(surd.group(2));
        String sign = factor.signum() < 0 ? "-" : "";
        add("under the root", sign + "\\sqrt{" + factor.pow(2).multiply(radicand) + "}");
        add("power one half", factor + " \\cdot " + radicand + "^{1/2}");
        add("root below", "\\frac{" + factor.multiply(radicand) + "}{\\sqrt{" + radicand + "}}");
        add("root first", sign + "\\sqrt{" + radicand + "} \\cdot " + factor.abs());
        add("program notation", factor + "*sqrt(" + radicand + ")");
        add(
                "square taken out of a larger root",
                factor + "\\cdot\\frac{\\sqrt{" + radicand.multiply(BigInteger.valueOf(9)) + "}}{3}");
    }

    private void reorderedSum() {
        List<String> terms = AnswerText.terms(text);
        if (terms.size() < 2) {
            return;
        }
        var reversed = new StringBuilder();
        for (String term : terms.reversed()) {
            boolean signed = term.startsWith("-") || term.startsWith("+");
            reversed.append(signed || reversed.isEmpty() ? " " : " + ").append(term);
        }
        add("terms reversed", reversed.toString().strip().replaceAll("^\\+ ?", ""));
    }

    private void add(String form, String changed) {
        // Labels, words and digit groups have no value in the evaluator; a value that is there must be the same.
        boolean differs =
                IndependentEquality.same(text, changed).map(same -> !same).orElse(false);
        if (!differs && !changed.equals(text)) {
            variants.add(new Variant(form, changed));
        }
    }
}
