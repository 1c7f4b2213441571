package dev.cooper.mathverifier;

import java.util.List;

/**
 * Finds the last formula or number of a text that marks no answer. What surrounds a number is taken along when it
 * belongs to it ({@code 3 1/2}, {@code 18 %}, {@code 5 + 6}), so that no number comes out of the middle of something
 * that cannot be read.
 */
final class LastExpressionScanner {
    private static final String OPERATORS = "+/^=%\u00d7\u00f7\u2212";
    /** Operators only if they stand alone; attached to a word they are punctuation or markup. */
    private static final List<String> LONE_OPERATORS = List.of("-", "*", ":", "<", ">");

    private static final List<String> SCALES =
            List.of("percent", "pct", "hundred", "thousand", "million", "billion", "trillion", "dozen");

    private final String text;
    private final CheckOptions.Budget budget;
    private int mathBegin = -1;
    private int mathEnd = -1;

    LastExpressionScanner(String text, CheckOptions.Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    Extraction scan() {
        int lastDigit = text.length() - 1;
        while (lastDigit >= 0 && !Characters.isDigit(text.charAt(lastDigit))) {
            lastDigit--;
        }
        findLastFormula();
        if (mathEnd > lastDigit) {
            return bounded(mathBegin, mathEnd, AnswerSource.LAST_FORMULA);
        }
        return lastDigit < 0 ? new Extraction.None() : aroundNumber(lastDigit);
    }

    /** The last closed {@code $..$}, {@code $$..$$}, {@code \(..\)} or {@code \[..\]}. */
    private void findLastFormula() {
        int open = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '$') {
                int width = text.startsWith("$$", i) ? 2 : 1;
                open = openOrClose(open, i, width);
                i += width - 1;
            } else if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(i + 1);
                if (next == '(' || next == '[') {
                    open = i + 2;
                } else if (next == ')' || next == ']') {
                    open = openOrClose(open, i, -1);
                }
                i++;
            }
        }
    }

    /** Returns the begin of the formula that is open after the delimiter, or -1. */
    private int openOrClose(int open, int at, int widthOfOpening) {
        if (open < 0) {
            return widthOfOpening < 0 ? -1 : at + widthOfOpening;
        }
        if (at > open) {
            mathBegin = open;
            mathEnd = at;
        }
        return -1;
    }

    private Extraction aroundNumber(int digit) {
        int begin = wordBegin(digit);
        int end = wordEnd(digit);
        int limit = begin - budget.answerLength();
        while (begin > 0 && begin > limit) {
            int previousEnd = begin - 1;
            int previous = wordBegin(previousEnd - 1);
            if (text.charAt(previousEnd) != ' '
                    || previousEnd <= previous
                    || !belongsBefore(text.substring(previous, previousEnd))) {
                break;
            }
            begin = previous;
        }
        if (text.charAt(begin) == ':') {
            // "Total : 18" is no ratio.
            begin++;
        }
        int next = end;
        while (next < text.length() && next - end < 2 && text.charAt(next) == ' ') {
            next++;
        }
        int nextEnd = wordEnd(next);
        if (nextEnd > next && nextEnd - next < budget.answerLength() && belongsAfter(text.substring(next, nextEnd))) {
            end = nextEnd;
        }
        return bounded(begin, end, AnswerSource.LAST_NUMBER);
    }

    private int wordBegin(int at) {
        int i = at;
        while (i >= 0 && !Characters.isSpace(text.charAt(i))) {
            i--;
        }
        return i + 1;
    }

    private int wordEnd(int at) {
        int i = at;
        while (i < text.length() && !Characters.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private boolean belongsBefore(String word) {
        if (word.endsWith("=") || word.length() > budget.answerLength()) {
            return false;
        }
        char last = word.charAt(word.length() - 1);
        boolean continues = OPERATORS.indexOf(last) >= 0 || last == '{' || last == '}';
        return continues || LONE_OPERATORS.contains(word) || Characters.isDigit(last);
    }

    private static boolean belongsAfter(String word) {
        return OPERATORS.indexOf(word.charAt(0)) >= 0
                || word.equals("<")
                || word.equals(">")
                || word.equals(":")
                || SCALES.stream().anyMatch(scale -> word.regionMatches(true, 0, scale, 0, scale.length()));
    }

    private Extraction bounded(int begin, int end, AnswerSource source) {
        if (end - begin > budget.answerLength()) {
            return Extraction.Unreadable.because(
                    "the last expression is longer than " + budget.answerLength() + " characters");
        }
        String expression = Characters.trim(text.substring(begin, end));
        return expression.isEmpty()
                ? Extraction.Unreadable.because("the last formula is empty")
                : Extraction.Found.of(expression, source);
    }
}
