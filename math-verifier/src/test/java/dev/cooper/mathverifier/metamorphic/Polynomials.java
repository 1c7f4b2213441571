package dev.cooper.mathverifier.metamorphic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Polynomials with whole coefficients in one letter, and products of two brackets, in other forms. */
final class Polynomials {
    private static final Pattern TERM =
            Pattern.compile("([+-]?) ?(\\d{0,9}) ?(?:\\*|\\\\cdot)? ?(?:([a-df-hj-z])(?:\\^(?:\\{(\\d)}|(\\d)))?)?");
    private static final Pattern BRACKETS = Pattern.compile("(.*?)(\\([^()]+\\)) ?(\\([^()]+\\))");
    private static final Pattern LINEAR = Pattern.compile("\\(([a-z]) ?([+-]) ?(\\d{1,6})\\)");

    private final List<Variant> variants = new ArrayList<>();
    private final String text;

    private Polynomials(String text) {
        this.text = text;
    }

    static List<Variant> of(String answer) {
        var polynomials = new Polynomials(AnswerText.plain(answer));
        if (IndependentEquality.isScalar(polynomials.text)) {
            polynomials.sums();
            polynomials.products();
        }
        return polynomials.variants;
    }

    private void sums() {
        Map<Integer, Long> coefficients = new TreeMap<>();
        String letter = "";
        for (String part : AnswerText.terms(text)) {
            Matcher term = TERM.matcher(part);
            if (!term.matches() || (term.group(2).isEmpty() && term.group(3) == null)) {
                return;
            }
            if (term.group(3) != null) {
                if (!letter.isEmpty() && !letter.equals(term.group(3))) {
                    return;
                }
                letter = term.group(3);
            }
            coefficients.merge(degree(term), coefficient(term), Long::sum);
        }
        int degree = coefficients.keySet().stream().mapToInt(d -> d).max().orElse(0);
        if (degree > 0) {
            add("Horner's form", horner(coefficients, letter, degree));
            add("about one", shifted(coefficients, letter, degree));
            add("constant first", upwards(coefficients, letter));
        }
    }

    private static int degree(Matcher term) {
        String written = term.group(4) == null ? term.group(5) : term.group(4);
        return term.group(3) == null ? 0 : written == null ? 1 : Integer.parseInt(written);
    }

    private static long coefficient(Matcher term) {
        long size = term.group(2).isEmpty() ? 1 : Long.parseLong(term.group(2));
        return term.group(1).equals("-") ? -size : size;
    }

    private static String horner(Map<Integer, Long> coefficients, String letter, int degree) {
        String form = "" + coefficients.getOrDefault(degree, 0L);
        for (int d = degree - 1; d >= 0; d--) {
            form = "(" + form + ")" + letter + signed(coefficients.getOrDefault(d, 0L));
        }
        return form;
    }

    /** In powers of the letter less one, by repeated synthetic division. */
    private static String shifted(Map<Integer, Long> coefficients, String letter, int degree) {
        long[] c = new long[degree + 1];
        coefficients.forEach((d, value) -> c[d] = value);
        for (int from = 0; from < degree; from++) {
            for (int d = degree - 1; d >= from; d--) {
                c[d] += c[d + 1];
            }
        }
        var form = new StringBuilder().append(c[0]);
        for (int d = 1; d <= degree; d++) {
            form.append(signed(c[d])).append("(").append(letter).append("-1)^").append(d);
        }
        return form.toString();
    }

    private static String upwards(Map<Integer, Long> coefficients, String letter) {
        var form = new StringBuilder();
        coefficients.forEach((d, c) -> form.append(form.isEmpty() ? "" + c : signed(c))
                .append(d == 0 ? "" : " \\cdot " + letter + "^{" + d + "}"));
        return form.toString();
    }

    private static String signed(long value) {
        return value < 0 ? " - " + -value : " + " + value;
    }

    private void products() {
        Matcher brackets = BRACKETS.matcher(text);
        if (!brackets.matches()) {
            return;
        }
        String front = brackets.group(1);
        add("factors exchanged", front + brackets.group(3) + brackets.group(2));
        add("factors with a dot", front + brackets.group(2) + " \\cdot " + brackets.group(3));
        Matcher left = LINEAR.matcher(brackets.group(2));
        Matcher right = LINEAR.matcher(brackets.group(3));
        if (front.isEmpty() && left.matches() && right.matches()) {
            long a = Long.parseLong(left.group(2) + left.group(3));
            long b = Long.parseLong(right.group(2) + right.group(3));
            add(
                    "product expanded",
                    left.group(1) + " " + right.group(1) + signed(b) + left.group(1) + signed(a) + right.group(1)
                            + signed(a * b));
        }
    }

    private void add(String form, String changed) {
        if (IndependentEquality.same(text, changed).orElse(false) && !changed.equals(text)) {
            variants.add(new Variant(form, changed));
        }
    }
}
