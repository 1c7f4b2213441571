package dev.cooper.mathverifier.metamorphic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers that are nearly right: one sign, digit, bracket, exponent, endpoint, element or name is another. */
final class NearMisses {
    private static final Pattern DIGIT = Pattern.compile("\\d");
    private static final Pattern DECIMAL = Pattern.compile("\\d*\\.\\d+");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern SIGN = Pattern.compile("(?<=[\\w})] ?)[-+](?= ?[\\w\\\\({])");
    private static final Pattern FAMILY = Pattern.compile("\\\\pi ?[kn]|[kn] ?\\\\pi");
    private static final Pattern VARIABLE = Pattern.compile("(?<![A-Za-z\\\\{])[a-df-hj-z](?![A-Za-z_])(?! ?=)");
    private static final Pattern EXPONENT = Pattern.compile("\\^(?:\\{(\\d+)}|(\\d))");
    private static final Pattern FRACTION = Pattern.compile("\\\\frac\\{([^{}]+)}\\{([^{}]+)}");
    private static final Pattern ROOT = Pattern.compile("\\\\sqrt(\\{[^{}]+})");
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("\\sin", "\\cos"),
            Map.entry("\\cos", "\\sin"),
            Map.entry("\\cot", "\\tan"),
            Map.entry("\\ln", "\\log_2"),
            Map.entry("\\pi", "\\pi^2"),
            Map.entry("\\cup", "\\cap"),
            Map.entry("\\le ", "< "),
            Map.entry("\\leq ", "< "),
            Map.entry("\\ge ", "> "),
            Map.entry("\\geq ", "> "),
            Map.entry("<", ">"),
            Map.entry(">", "<"),
            Map.entry("\\lfloor", "\\lceil"),
            Map.entry("\\infty", "0"));
    private static final Map<String, String> OTHER_WORD = Map.of(
            "yes", "no", "no", "yes", "even", "odd", "odd", "even", "true", "false", "false", "true", "east", "west");

    private final List<Variant> variants = new ArrayList<>();
    private final String text;

    private NearMisses(String text) {
        this.text = text;
    }

    /** Near misses of an answer; those that {@link IndependentEquality} finds equal to it are left out. */
    static List<Variant> of(String answer) {
        var misses = new NearMisses(AnswerText.plain(answer));
        misses.numbers();
        misses.signs();
        misses.parts();
        misses.brackets();
        misses.elements();
        misses.words();
        misses.tinyChanges();
        misses.letters();
        return misses.variants;
    }

    private void numbers() {
        for (MatchResult digit : DIGIT.matcher(text).results().toList()) {
            int value = digit.group().charAt(0) - '0';
            replace("digit", digit, String.valueOf((value + 1) % 10));
            // A leading zero more changes nothing.
            if (value != 0 || (digit.start() > 0 && Character.isDigit(text.charAt(digit.start() - 1)))) {
                replace("digit doubled", digit, digit.group().repeat(2));
            }
        }
        for (MatchResult number : NUMBER.matcher(text).results().toList()) {
            if (number.group().length() > 1) {
                replace(
                        "last digit lost",
                        number,
                        number.group().substring(0, number.group().length() - 1));
                replace(
                        "one less",
                        number,
                        new BigInteger(number.group()).subtract(BigInteger.ONE).toString());
            }
        }
    }

    private void signs() {
        boolean signed = text.startsWith("-");
        if (!text.contains("=") && !text.contains(",") && !AnswerText.hasWords(text)) {
            add("first sign", signed ? text.substring(1).strip() : "-" + text);
        }
        // Over all integers k, πk and −πk are the same.
        if (FAMILY.matcher(text).find()) {
            return;
        }
        for (MatchResult sign : SIGN.matcher(text).results().toList()) {
            replace("sign within", sign, sign.group().equals("+") ? "-" : "+");
        }
    }

    private void parts() {
        for (MatchResult exponent : EXPONENT.matcher(text).results().toList()) {
            String digits = exponent.group(1) == null ? exponent.group(2) : exponent.group(1);
            replace("exponent", exponent, "^{" + new BigInteger(digits).add(BigInteger.ONE) + "}");
            replace("exponent lost", exponent, "");
        }
        for (MatchResult fraction : FRACTION.matcher(text).results().toList()) {
            replace("fraction inverted", fraction, "\\frac{" + fraction.group(2) + "}{" + fraction.group(1) + "}");
            replace("denominator lost", fraction, fraction.group(1));
        }
        for (MatchResult root : ROOT.matcher(text).results().toList()) {
            replace("root lost", root, root.group(1));
            replace("cube root", root, "\\sqrt[3]" + root.group(1));
        }
        OTHER.forEach((from, to) -> {
            if (text.contains(from) && !(from.equals("<") && text.contains("<="))) {
                add(from + " exchanged", text.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to)));
            }
        });
    }

    private void brackets() {
        if (!AnswerText.isEnclosed(text)
                || AnswerText.split(text.substring(1, text.length() - 1), ',').size() != 2) {
            return;
        }
        String inside = text.substring(1, text.length() - 1);
        char open = text.charAt(0);
        char close = text.charAt(text.length() - 1);
        if ("([".indexOf(open) >= 0) {
            add("left end", (open == '(' ? '[' : '(') + inside + close);
            add("right end", open + inside + (close == ')' ? ']' : ')'));
        }
    }

    private void elements() {
        boolean tuple = AnswerText.isEnclosed(text) && "([".indexOf(text.charAt(0)) >= 0;
        boolean set = text.startsWith("\\{") && text.endsWith("\\}");
        int fence = tuple ? 1 : set ? 2 : 0;
        String inside = text.substring(fence, text.length() - fence);
        List<String> items = AnswerText.split(inside, ',');
        if (items.size() < 2 || AnswerText.hasWords(text) || text.contains("\\begin")) {
            return;
        }
        String open = text.substring(0, fence);
        String close = text.substring(text.length() - fence);
        if (items.stream().distinct().count() == items.size()) {
            add("last element dropped", open + String.join(",", items.subList(0, items.size() - 1)) + close);
        }
        add("element added", open + inside + ",9973" + close);
        if (tuple) {
            List<String> swapped = new ArrayList<>(items);
            swapped.set(0, items.get(1));
            swapped.set(1, items.get(0));
            add("pair exchanged", open + String.join(",", swapped) + close);
        }
    }

    /** Changes far below the precision of doubles; the independent evaluation cannot see them, but they are none. */
    private void tinyChanges() {
        boolean exact = IndependentEquality.isScalar(text) && !text.contains(".") && !AnswerText.hasWords(text);
        if (!exact || text.matches("\\(?[A-Za-z]\\)?") || text.contains(",")) {
            return;
        }
        variants.add(new Variant("tiny term", text + " + 10^{-30}"));
        if (!text.equals("0")) {
            variants.add(new Variant("tiny factor", "\\left(" + text + "\\right)\\left(1 - 10^{-25}\\right)"));
        }
    }

    /** One occurrence of a variable is another variable, or gone. */
    private void letters() {
        if (AnswerText.hasWords(text) || text.matches(".*[A-Za-z]\\(.*|\\(?[A-Za-z]\\)?")) {
            return;
        }
        for (MatchResult letter : VARIABLE.matcher(text).results().toList()) {
            replace("other variable", letter, letter.group().equals("q") ? "v" : "q");
            replace("variable lost", letter, "1");
        }
    }

    private void words() {
        String word = text.replaceAll("\\\\text\\{|}|\\.", "").strip();
        String other = OTHER_WORD.get(word.toLowerCase(Locale.ROOT));
        if (other != null) {
            add("other word", other);
        }
        if (word.matches("\\(?[A-D]\\)?")) {
            String letter = word.replaceAll("[()]", "");
            add("next choice", String.valueOf((char) (letter.charAt(0) + 1)));
        }
    }

    /**
     * Whether it differs by one decimal that states more digits and rounds to the decimal in its place; with three
     * significant digits or more the reference accepts it.
     */
    private boolean isMorePrecise(String changed) {
        List<MatchResult> before = DECIMAL.matcher(text).results().toList();
        List<MatchResult> after = DECIMAL.matcher(changed).results().toList();
        if (before.size() != after.size()
                || !DECIMAL.matcher(text)
                        .replaceAll("0")
                        .equals(DECIMAL.matcher(changed).replaceAll("0"))) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            var stated = new BigDecimal(before.get(i).group());
            var rounded = new BigDecimal(after.get(i).group()).setScale(stated.scale(), RoundingMode.HALF_UP);
            if (rounded.compareTo(stated) != 0
                    || (stated.precision() < 3
                            && !before.get(i).group().equals(after.get(i).group()))) {
                return false;
            }
        }
        return true;
    }

    private void replace(String form, MatchResult match, String by) {
        add(form, text.substring(0, match.start()) + by + text.substring(match.end()));
    }

    private void add(String form, String changed) {
        boolean equal = IndependentEquality.same(text, changed).orElse(false);
        if (!equal && !isMorePrecise(changed) && !changed.isBlank()) {
            variants.add(new Variant(form, changed));
        }
    }
}
