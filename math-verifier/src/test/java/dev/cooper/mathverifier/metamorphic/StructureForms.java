package dev.cooper.mathverifier.metamorphic;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists, sets, tuples, intervals, equations, choices, words, money and units, written otherwise. */
final class StructureForms {
    private static final Pattern INTERVAL =
            Pattern.compile("(?:x ?\\\\in ?)?([(\\[])([^,()\\[\\]]+),([^,()\\[\\]]+)([)\\]])");
    private static final Pattern CHOICE = Pattern.compile("(?:\\\\(?:text|textbf|mathrm)\\{)?\\(?([A-H])\\)?}?\\.?");
    private static final Pattern EQUATION = Pattern.compile("([^=<>]+)=([^=<>]+)");
    private static final Pattern MONEY = Pattern.compile("\\\\\\$ ?([\\d.,]+)");
    private static final Pattern WORD = Pattern.compile("(?:\\\\text\\{)?([A-Za-z]{2,})}?\\.?");

    private final List<Variant> variants = new ArrayList<>();
    private final String text;

    private StructureForms(String text) {
        this.text = text;
    }

    static List<Variant> of(String answer) {
        var forms = new StructureForms(AnswerText.plain(answer));
        forms.lists();
        forms.brackets();
        forms.equation();
        forms.labels();
        return forms.variants;
    }

    private void lists() {
        boolean set = text.startsWith("\\{") && text.endsWith("\\}");
        String inside = set ? text.substring(2, text.length() - 2) : text;
        List<String> items = AnswerText.split(inside, ',');
        boolean plain = items.stream().allMatch(item -> IndependentEquality.isScalar(item) || isTuple(item));
        if (items.size() < 2 || !plain || !balanced(items)) {
            return;
        }
        String reversed = String.join(", ", items.reversed());
        add("list reversed", set ? "\\{" + reversed + "\\}" : reversed);
        boolean distinct = items.stream().distinct().count() == items.size();
        add("list in braces", "\\{" + inside + "\\}", distinct);
        add("list with spaces", String.join(", ", items));
        add(
                "last item behind and",
                String.join(", ", items.subList(0, items.size() - 1)) + " \\text{ and } " + items.getLast());
        if (items.stream().allMatch(IndependentEquality::isScalar)) {
            add(
                    "items labelled",
                    items.stream().map(item -> "x = " + item).collect(Collectors.joining(" \\text{ or } ")));
        }
    }

    private void brackets() {
        Matcher interval = INTERVAL.matcher(text);
        if (interval.matches()) {
            boolean surely = text.contains("infty")
                    || text.contains("in")
                    || text.charAt(0) == '[' != (text.charAt(text.length() - 1) == ']');
            if (surely) {
                interval(
                        interval.group(1),
                        interval.group(2).strip(),
                        interval.group(3).strip(),
                        interval.group(4));
            }
        }
        if (isTuple(text)) {
            List<String> items = AnswerText.split(text.substring(1, text.length() - 1), ',');
            if (items.stream().allMatch(IndependentEquality::isScalar)) {
                add(
                        "components doubled and halved",
                        text.charAt(0)
                                + items.stream()
                                        .map(i -> "\\frac{2(" + i + ")}{2}")
                                        .collect(Collectors.joining(", "))
                                + text.charAt(text.length() - 1));
                add(
                        "wide spaces",
                        text.charAt(0) + "\\; " + String.join("\\;,\\; ", items) + "\\;"
                                + text.charAt(text.length() - 1));
            }
        }
    }

    private void interval(String open, String low, String high, String close) {
        String left = low.contains("infty") ? "" : low + (open.equals("[") ? " \\le " : " < ");
        String right = high.contains("infty") ? "" : (close.equals("]") ? " \\le " : " < ") + high;
        if (left.isEmpty() && right.isEmpty()) {
            return;
        }
        String inequality = left + "x" + right;
        add("inequality", inequality);
        add("set-builder", "\\{x \\mid " + inequality + "\\}");
        add("element of", "x \\in " + text.substring(text.indexOf(open)));
        add("intersection of half-lines", halfLines(open, low, high, close), !left.isEmpty() && !right.isEmpty());
    }

    private static String halfLines(String open, String low, String high, String close) {
        return open + low + ", \\infty) \\cap (-\\infty, " + high + close;
    }

    private void equation() {
        Matcher equation = EQUATION.matcher(text);
        if (!equation.matches() || AnswerText.hasWords(text) || text.contains(",")) {
            return;
        }
        String left = equation.group(1).strip();
        String right = equation.group(2).strip();
        if (!IndependentEquality.isScalar(right)) {
            return;
        }
        add("sides exchanged", right + " = " + left);
        boolean label = left.matches("[a-zA-Z]\\([a-z]\\)|[A-Za-z](_\\{?.*)?|.*\\\\.*");
        if (label) {
            add("label left out", right, !left.matches("y"));
            add("terms reversed behind the label", left + " = " + reversed(right));
        } else if (IndependentEquality.isScalar(left)) {
            add("doubled", "2\\left(" + left + "\\right) = 2\\left(" + right + "\\right)");
            add("moved to one side", left + " - \\left(" + right + "\\right) = 0");
        }
    }

    private static String reversed(String sum) {
        var result = new StringBuilder();
        for (String term : AnswerText.terms(sum).reversed()) {
            boolean signed = term.startsWith("-") || term.startsWith("+");
            result.append(signed || result.isEmpty() ? " " : " + ").append(term);
        }
        return result.toString().strip().replaceAll("^\\+ ?", "");
    }

    private void labels() {
        Matcher choice = CHOICE.matcher(text);
        if (choice.matches()) {
            String letter = choice.group(1);
            add("choice bare", letter);
            add("choice in brackets", "(" + letter + ")");
            add("choice as text", "\\text{" + letter + "}");
            add("choice bold", "\\textbf{(" + letter + ")}");
        }
        Matcher word = WORD.matcher(text);
        if (word.matches()) {
            add("word in lower case", word.group(1).toLowerCase(Locale.ROOT));
            add("word in capitals", "\\text{" + word.group(1).toUpperCase(Locale.ROOT) + "}");
        }
        Matcher money = MONEY.matcher(text);
        if (money.matches()) {
            add("dollars as a word", money.group(1) + "\\text{ dollars}");
            add("currency left out", money.group(1));
            add("separators left out", "\\$" + money.group(1).replace(",", ""));
        }
        add(
                "unit left out",
                text.replaceAll("\\\\(?:mbox|text)\\{ ?(?:cm|inches|years|km/h)}(?:\\^\\d)?", "")
                        .strip());
        add("percent sign left out", text.replaceAll("(\\d) ?\\\\?%$", "$1"));
    }

    private static boolean isTuple(String item) {
        return AnswerText.isEnclosed(item)
                && "([".indexOf(item.charAt(0)) >= 0
                && AnswerText.split(item.substring(1, item.length() - 1), ',').size() > 1;
    }

    private static boolean balanced(List<String> items) {
        return items.stream()
                .allMatch(item -> item.chars()
                                .filter(c -> "([{".indexOf(c) >= 0)
                                .count()
                        == item.chars().filter(c -> ")]}".indexOf(c) >= 0).count());
    }

    private void add(String form, String changed, boolean applies) {
        if (applies) {
            add(form, changed);
        }
    }

    private void add(String form, String changed) {
        if (!changed.equals(text) && !changed.isEmpty()) {
            variants.add(new Variant(form, changed));
        }
    }
}
