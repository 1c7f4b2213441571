package dev.cooper.languagemodel.chat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Strings as Python makes, cuts and prints them. */
final class PythonText {
    private static final double EXPONENT_FROM = 1e16;
    private static final double EXPONENT_BELOW = 1e-4;

    private PythonText() {}

    /** What {@code str.isspace} is true of. */
    static boolean isSpace(int codePoint) {
        return switch (codePoint) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default ->
                codePoint == ' '
                        || (codePoint >= 0x09 && codePoint <= 0x0D)
                        || (codePoint >= 0x1C && codePoint <= 0x1F)
                        || (codePoint >= 0x2000 && codePoint <= 0x200A);
        };
    }

    static String stripStart(String text, IntPredicate cut) {
        int start = 0;
        while (start < text.length() && cut.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    static String stripEnd(String text, IntPredicate cut) {
        int end = text.length();
        while (end > 0 && cut.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    /** {@code str.split()}: at runs of whitespace. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        String rest = stripStart(text, PythonText::isSpace);
        while (!rest.isEmpty()) {
            String behind = stripStart(rest, codePoint -> !isSpace(codePoint));
            words.add(rest.substring(0, rest.length() - behind.length()));
            rest = stripStart(behind, PythonText::isSpace);
        }
        return words;
    }

    /** {@code str.split(separator, most)}. */
    static List<String> split(String text, String separator, long most) {
        if (separator.isEmpty()) {
            throw new TemplateFault("split() needs a separator that is not empty");
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        int at = text.indexOf(separator);
        while (at >= 0 && (most < 0 || parts.size() < most)) {
            parts.add(text.substring(from, at));
            from = at + separator.length();
            at = text.indexOf(separator, from);
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** {@code str.title()}. */
    static String title(String text) {
        StringBuilder result = new StringBuilder();
        boolean inside = false;
        for (int codePoint : text.codePoints().toArray()) {
            result.appendCodePoint(inside ? Character.toLowerCase(codePoint) : Character.toTitleCase(codePoint));
            inside = Character.isLetter(codePoint);
        }
        return result.toString();
    }

    /** {@code str.capitalize()}. */
    static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int length = Character.charCount(text.codePointAt(0));
        return new StringBuilder()
                .appendCodePoint(Character.toTitleCase(text.codePointAt(0)))
                .append(text.substring(length).toLowerCase(Locale.ROOT))
                .toString();
    }

    /** {@code str(value)}. */
    static String print(Value value) {
        return switch (value) {
            case Value.Text text -> text.text();
            case Value.Undefined _ -> "";
            default -> represent(value);
        };
    }

    /** {@code repr(value)}. */
    private static String represent(Value value) {
        return switch (value) {
            case Value.Text text -> quoted(text.text());
            case Value.Whole whole -> Long.toString(whole.number());
            case Value.Real real -> number(real.number());
            case Value.Flag flag -> flag.set() ? "True" : "False";
            case Value.Nothing _ -> "None";
            case Value.Undefined _ -> "Undefined";
            case Value.Items items ->
                items.values().stream().map(PythonText::represent).collect(Collectors.joining(", ", "[", "]"));
            case Value.Dict dict ->
                dict.entries().entrySet().stream().map(PythonText::entry).collect(Collectors.joining(", ", "{", "}"));
            case Value.Namespace _, Value.Function _ ->
                throw new TemplateFault("a %s cannot be printed".formatted(value.type()));
        };
    }

    private static String entry(Map.Entry<String, Value> entry) {
        return quoted(entry.getKey()) + ": " + represent(entry.getValue());
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder result = new StringBuilder().append(quote);
        text.codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                case '\\' -> result.append("\\\\");
                default -> {
                    if (codePoint == quote) {
                        result.append('\\').append(quote);
                    } else if (codePoint < ' ' || codePoint == 0x7F) {
                        result.append("\\x%02x".formatted(codePoint));
                    } else {
                        result.appendCodePoint(codePoint);
                    }
                }
            }
        });
        return result.append(quote).toString();
    }

    /** The shortest digits that are read back as the same number, with an exponent where Python writes one. */
    static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(number);
        if (size == 0 || (size >= EXPONENT_BELOW && size < EXPONENT_FROM)) {
            String plain = new BigDecimal(Double.toString(number)).toPlainString();
            return number == 0 && 1 / number < 0 ? "-0.0" : plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(number).split("E", 2);
        int exponent = Integer.parseInt(parts[1]);
        String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
