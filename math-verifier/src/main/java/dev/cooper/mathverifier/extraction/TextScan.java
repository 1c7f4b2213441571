package dev.cooper.mathverifier.extraction;

import java.util.Set;

/**
 * What one pass over a text noticed: boxes, formulas, and the places of words and signs that announce answers. All
 * finders work on this, none reads the whole text again.
 */
final class TextScan {
    private static final String ANSWER = "answer";
    private static final String HASHES = "####";
    private static final String FIGURE = "[asy]";
    private static final String FIGURE_END = "[/asy]";
    /** Characters of the options in square brackets of a frame, and of an environment's name. */
    private static final int OPTIONS = 16;

    private static final int NAME = 12;
    private static final Set<String> BOXES = Set.of("boxed", "fbox", "framebox");
    private static final Set<String> ENVIRONMENTS = Set.of(
            "align",
            "align*",
            "alignat",
            "alignat*",
            "aligned",
            "equation",
            "equation*",
            "gather",
            "gather*",
            "eqnarray",
            "eqnarray*",
            "multline",
            "multline*",
            "displaymath",
            "math",
            "flalign",
            "flalign*");

    private final String text;
    private final int begin;
    private final int end;
    private final BoxSpans boxes = new BoxSpans();
    private final MathSpans formulas;
    private final Positions answerWords = new Positions();
    private final Positions hashes = new Positions();
    private final Positions stars = new Positions();
    private boolean figuresEnd = true;
    private int lastDigit = -1;
    private int lastBlankLine = -1;

    TextScan(String text, int begin, int end, boolean inlineLineBreaks) {
        this.text = text;
        this.begin = begin;
        this.end = end;
        formulas = new MathSpans(text, end, inlineLineBreaks);
        scan();
    }

    private void scan() {
        int at = begin;
        while (at < end) {
            char c = text.charAt(at);
            at = switch (c) {
                case '\\' -> command(at);
                case '$' -> formulas.dollar(at);
                case '{' -> {
                    boxes.openBrace();
                    yield at + 1;
                }
                case '}' -> {
                    boxes.closeBrace(at);
                    yield at + 1;
                }
                case '#' -> hashes(at);
                case '*' -> stars(at);
                case 'a', 'A' -> word(at);
                case '[' -> bracket(at);
                case '\n' -> line(at);
                default -> {
                    if (Texts.isDigit(c)) {
                        lastDigit = at;
                    }
                    yield at + 1;
                }
            };
        }
    }

    private int command(int at) {
        if (at + 1 >= end) {
            return at + 1;
        }
        char next = text.charAt(at + 1);
        if (next == '(' || next == '[') {
            formulas.openCommand(at, at + 2);
            return at + 2;
        }
        if (next == ')' || next == ']') {
            formulas.closeCommand(at, at + 2);
            return at + 2;
        }
        if (next == '\\') {
            // Text that was escaped twice writes \\boxed.
            boolean escapedTwice = isBox(at + 2, Texts.commandEnd(text, at + 2, end))
                    && !(at + 2 < end && text.charAt(at + 2) == '\\');
            return escapedTwice ? at + 1 : at + 2;
        }
        int nameEnd = Texts.commandEnd(text, at + 1, end);
        if (nameEnd == at + 1) {
            return at + 2;
        }
        if (isBox(at + 1, nameEnd)) {
            return box(at, nameEnd);
        }
        return environment(at, nameEnd);
    }

    private boolean isBox(int name, int nameEnd) {
        return nameEnd - name >= "fbox".length()
                && nameEnd - name <= "framebox".length()
                && BOXES.contains(text.substring(name, nameEnd));
    }

    private int box(int at, int nameEnd) {
        int content = Texts.skipSpace(text, nameEnd, end);
        if (content < end && text.charAt(content) == '[' && text.startsWith("framebox", at + 1)) {
            int bracket = text.indexOf(']', content, Math.min(end, content + OPTIONS));
            content = bracket < 0 ? content : Texts.skipSpace(text, bracket + 1, end);
        }
        if (content < end && text.charAt(content) == '{') {
            boxes.openBox(at, content);
            return content + 1;
        }
        int after = content;
        while (after < end && !Texts.isSpace(text.charAt(after)) && "$\\{}".indexOf(text.charAt(after)) < 0) {
            after++;
        }
        boxes.add(at, content, after);
        return after;
    }

    private int environment(int at, int nameEnd) {
        boolean opens = text.startsWith("begin{", at + 1);
        if (!opens && !text.startsWith("end{", at + 1)) {
            return nameEnd;
        }
        int close = text.indexOf('}', nameEnd, Math.min(end, nameEnd + NAME));
        if (close < 0 || !ENVIRONMENTS.contains(text.substring(nameEnd + 1, close))) {
            return nameEnd;
        }
        if (opens) {
            formulas.openCommand(at, close + 1);
        } else {
            formulas.closeCommand(at, close + 1);
        }
        return close + 1;
    }

    private int hashes(int at) {
        int after = runEnd(at, '#');
        if (after - at >= HASHES.length()) {
            hashes.add(at);
        }
        return after;
    }

    private int stars(int at) {
        int after = runEnd(at, '*');
        if (after - at > 1 && !Emphasis.isPower(text, begin, at, after, end, stars.size() % 2 == 1)) {
            stars.add(at);
        }
        return after;
    }

    private int runEnd(int at, char sign) {
        int after = at;
        while (after < end && text.charAt(after) == sign) {
            after++;
        }
        return after;
    }

    private int word(int at) {
        if (text.regionMatches(true, at, ANSWER, 0, ANSWER.length())
                && (at == begin || !Character.isLetterOrDigit(text.charAt(at - 1)))) {
            answerWords.add(at);
            return Math.min(end, at + ANSWER.length());
        }
        return at + 1;
    }

    /** The source of a figure holds numbers and dollars that are no part of the text. */
    private int bracket(int at) {
        if (figuresEnd && text.startsWith(FIGURE, at)) {
            int close = text.indexOf(FIGURE_END, at);
            figuresEnd = close >= 0;
            return close >= 0 && close < end ? close + FIGURE_END.length() : at + 1;
        }
        return at + 1;
    }

    private int line(int at) {
        int next = Texts.skipBlanks(text, at + 1, end);
        if (next < end && text.charAt(next) == '\n') {
            lastBlankLine = next;
        }
        return Math.max(next, at + 1);
    }

    String text() {
        return text;
    }

    int begin() {
        return begin;
    }

    int end() {
        return end;
    }

    BoxSpans boxes() {
        return boxes;
    }

    MathSpans formulas() {
        return formulas;
    }

    /** Where the word "answer" begins. */
    Positions answerWords() {
        return answerWords;
    }

    /** Where runs of four {@code #} or more begin. */
    Positions hashes() {
        return hashes;
    }

    /** Where runs of two {@code *} or more begin that set text in bold. */
    Positions stars() {
        return stars;
    }

    /** The last digit outside of commands, or -1. */
    int lastDigit() {
        return lastDigit;
    }

    /** The line break that ends the last blank line with text behind it, or -1. */
    int lastBlankLine() {
        return lastBlankLine;
    }
}
