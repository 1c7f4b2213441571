package dev.cooper.mathverifier.extraction;

import java.util.List;

/** A percent or degree sign that was left outside: {@code \boxed{28}\%}, {@code $28$ percent}. */
final class Suffixes {
    private static final List<String> PERCENT = List.of("\\%", "%");
    private static final List<String> PERCENT_WORDS = List.of("percent", "percentage", "pct");
    private static final List<String> DEGREES = List.of("^\\circ", "^{\\circ}", "\u00b0");
    private static final List<String> DEGREE_WORDS = List.of("degrees", "degree");
    /** What any of these begins with. */
    private static final String BEGINNINGS = "\\%^\u00b0pPdD";

    private static final List<String> CLOSINGS = List.of("$$", "$", "\\)", "\\]", "**");

    private Suffixes() {}

    /** What stands behind an answer that ends at {@code at}, as a suffix to its text, or nothing. */
    static String behind(String text, int at, int end) {
        int i = skip(text, at, end);
        if (i >= end || BEGINNINGS.indexOf(text.charAt(i)) < 0) {
            return "";
        }
        if (starts(text, i, end, PERCENT) || startsWithWord(text, i, end, PERCENT_WORDS)) {
            return "\\%";
        }
        return starts(text, i, end, DEGREES) || startsWithWord(text, i, end, DEGREE_WORDS) ? "^\\circ" : "";
    }

    /** As {@link #behind}, or the unit behind an answer that is a number: {@code \boxed{5}$ cm}. */
    static String behind(String answer, String text, int at, int end) {
        String sign = behind(text, at, end);
        int i = skip(text, at, end);
        if (!sign.isEmpty() || i >= end || !Texts.isLetter(text.charAt(i)) || !isNumber(answer)) {
            return sign;
        }
        int wordEnd = i;
        while (wordEnd < end && Texts.isLetter(text.charAt(wordEnd))) {
            wordEnd++;
        }
        String word = text.substring(i, wordEnd);
        return Words.isPlainUnit(word) ? "\\text{ " + word + "}" : "";
    }

    /** Digits and fractions of them. */
    private static boolean isNumber(String answer) {
        String digits = answer.replace("\\dfrac", "").replace("\\frac", "");
        return digits.chars().allMatch(c -> Texts.isDigit((char) c) || "-.,{}/ ".indexOf(c) >= 0)
                && digits.chars().anyMatch(c -> Texts.isDigit((char) c));
    }

    /** Blanks, and at most one closing delimiter among them. */
    private static int skip(String text, int at, int end) {
        int i = Texts.skipBlanks(text, Math.min(at, end), end);
        for (String closing : CLOSINGS) {
            if (i < end
                    && text.charAt(i) == closing.charAt(0)
                    && i + closing.length() <= end
                    && text.startsWith(closing, i)) {
                return Texts.skipBlanks(text, i + closing.length(), end);
            }
        }
        return i;
    }

    private static boolean starts(String text, int at, int end, List<String> signs) {
        return signs.stream().anyMatch(sign -> at + sign.length() <= end && text.startsWith(sign, at));
    }

    private static boolean startsWithWord(String text, int at, int end, List<String> words) {
        return words.stream().anyMatch(word -> Texts.wordAt(text, at, end, word));
    }
}
