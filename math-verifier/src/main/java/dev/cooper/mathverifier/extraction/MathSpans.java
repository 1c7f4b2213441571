package dev.cooper.mathverifier.extraction;

/**
 * The formulas of a text, between {@code $..$}, {@code $$..$$}, {@code \(..\)}, {@code \[..\]} or in an environment
 * such as {@code align}, collected while it is scanned. A dollar that turns out to be a currency sign opens no formula.
 */
final class MathSpans {
    /** A formula of more characters is none: its delimiter was something else. */
    private static final int LONGEST = 8192;

    private final String text;
    private final int end;
    private final DollarSigns dollars;
    private final Positions outerBegins = new Positions();
    private final Positions begins = new Positions();
    private final Positions ends = new Positions();
    private final Positions outerEnds = new Positions();
    /** What is open: none, a dollar, two dollars, or {@code \(}, {@code \[} or an environment. */
    private Open open = Open.NOTHING;

    private int openedAt;
    private int openContent;

    private enum Open {
        NOTHING,
        DOLLAR,
        DOLLARS,
        COMMAND
    }

    MathSpans(String text, int end, boolean inlineLineBreaks) {
        this.text = text;
        this.end = end;
        dollars = new DollarSigns(text, end, inlineLineBreaks);
    }

    /** A dollar without a backslash; returns the index behind the delimiter. */
    int dollar(int at) {
        boolean two = at + 1 < end && text.charAt(at + 1) == '$';
        switch (open) {
            case COMMAND -> {
                if (at - openedAt <= LONGEST) {
                    return at + 1;
                }
            }
            case DOLLAR -> {
                if (dollars.surroundFormula(openContent, at)) {
                    close(at, at + 1);
                    return at + 1;
                }
            }
            case DOLLARS -> {
                if (two && dollars.surroundDisplay(openContent, at)) {
                    close(at, at + 2);
                    return at + 2;
                }
                if (!two && at - openedAt <= LONGEST) {
                    return at + 1;
                }
            }
            case NOTHING -> {
                // The dollar opens a formula, for now.
            }
        }
        int content = two ? at + 2 : at + 1;
        begin(two ? Open.DOLLARS : Open.DOLLAR, at, content);
        return content;
    }

    /** {@code \(}, {@code \[} or {@code \begin{align}}, whose content begins at {@code content}. */
    void openCommand(int at, int content) {
        if (open == Open.NOTHING || open == Open.DOLLAR || at - openedAt > LONGEST) {
            begin(Open.COMMAND, at, content);
        }
    }

    void closeCommand(int at, int behind) {
        boolean inline = text.charAt(at + 1) == ')';
        if (open == Open.COMMAND && (!inline || dollars.mayHoldLines(openContent, at))) {
            close(at, behind);
        }
    }

    private void begin(Open kind, int at, int content) {
        open = kind;
        openedAt = at;
        openContent = content;
    }

    private void close(int at, int behind) {
        open = Open.NOTHING;
        if (Texts.skipSpace(text, openContent, at) < at) {
            outerBegins.add(openedAt);
            begins.add(openContent);
            ends.add(at);
            outerEnds.add(behind);
        }
    }

    int size() {
        return begins.size();
    }

    int outerBegin(int index) {
        return outerBegins.get(index);
    }

    int begin(int index) {
        return begins.get(index);
    }

    int end(int index) {
        return ends.get(index);
    }

    int outerEnd(int index) {
        return outerEnds.get(index);
    }

    /** The last formula that begins at or before the index, delimiter included, or -1. */
    int lastUpTo(int at) {
        return outerBegins.countUpTo(at) - 1;
    }

    /** The index behind the formula whose delimiter stands at {@code at}, or {@code at} if none does. */
    int skip(int at) {
        int index = lastUpTo(at);
        return index >= 0 && outerBegins.get(index) == at ? outerEnds.get(index) : at;
    }
}
