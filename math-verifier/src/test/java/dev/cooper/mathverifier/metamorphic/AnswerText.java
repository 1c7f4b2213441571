package dev.cooper.mathverifier.metamorphic;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The text of an answer, taken apart at its top level. */
final class AnswerText {
    private static final Pattern SIZES = Pattern.compile("\\\\(left|right|displaystyle)(?![a-zA-Z])");
    private static final Pattern FRACTIONS = Pattern.compile("\\\\[dtc]frac");
    private static final Pattern DOLLARS = Pattern.compile("(?<!\\\\)\\$");
    private static final Pattern SPACINGS = Pattern.compile("\\\\quad|\\\\[,;:! ]|~");
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d)(,|\\{,}| )(?=\\d{3}(?!\\d))");
    private static final Pattern TIGHT_COMMA = Pattern.compile(", ?\\\\! ?(?=\\d{3}(?!\\d))");
    private static final Pattern SPACES = Pattern.compile("\\s+");
    private static final Pattern COMMANDS = Pattern.compile("\\\\[a-zA-Z]+");
    private static final Pattern TWO_LETTERS = Pattern.compile("[a-zA-Z]{2}");

    private AnswerText() {}

    /** Without dollars, sizes, spacing commands, thousands separators and a full stop; one way to write fractions. */
    static String plain(String latex) {
        String text = TIGHT_COMMA.matcher(latex).replaceAll("");
        text = SIZES.matcher(text).replaceAll("");
        text = FRACTIONS.matcher(text).replaceAll("\\\\frac");
        text = DOLLARS.matcher(text).replaceAll("");
        text = SPACINGS.matcher(text).replaceAll(" ");
        text = THOUSANDS.matcher(text).replaceAll("");
        text = SPACES.matcher(text.replace('−', '-')).replaceAll(" ").strip();
        return text.endsWith(".") ? text.substring(0, text.length() - 1).strip() : text;
    }

    /** The parts between the separators that stand in no bracket; the whole text alone if there is none. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += depthChange(c);
            if (depth == 0 && c == separator && !isThousands(text, i)) {
                parts.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin).strip());
        return parts;
    }

    /** The signed terms of a sum, such as {@code x^2}, {@code -5x}, {@code +6}; one if it is no sum. */
    static List<String> terms(String sum) {
        List<String> terms = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < sum.length(); i++) {
            char c = sum.charAt(i);
            depth += depthChange(c);
            boolean first = sum.substring(begin, i).isBlank();
            if (depth == 0 && (c == '+' || c == '-') && !first && "^*/(t".indexOf(lastSolid(sum, i)) < 0) {
                terms.add(sum.substring(begin, i).strip());
                begin = i;
            }
        }
        terms.add(sum.substring(begin).strip());
        return terms;
    }

    /** Whether the first bracket closes at the very end and all between is balanced. */
    static boolean isEnclosed(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += depthChange(text.charAt(i));
            if (depth == 0) {
                return i == text.length() - 1 && text.length() > 1;
            }
        }
        return false;
    }

    static boolean isInteger(String text) {
        return text.matches("-?\\d+");
    }

    /** Whether words stand in it, in text commands or bare. */
    static boolean hasWords(String text) {
        return text.contains("\\text")
                || text.contains("\\mbox")
                || text.contains("\\mathrm")
                || TWO_LETTERS.matcher(COMMANDS.matcher(text).replaceAll("")).find();
    }

    private static char lastSolid(String text, int end) {
        int i = end - 1;
        while (i > 0 && text.charAt(i) == ' ') {
            i--;
        }
        return text.charAt(i);
    }

    private static boolean isThousands(String text, int comma) {
        return text.charAt(comma) == ','
                && comma > 0
                && Character.isDigit(text.charAt(comma - 1))
                && text.substring(comma + 1).matches("(?s)\\d{3}(?!\\d).*");
    }

    private static int depthChange(char c) {
        return switch (c) {
            case '(', '[', '{' -> 1;
            case ')', ']', '}' -> -1;
            default -> 0;
        };
    }
}
