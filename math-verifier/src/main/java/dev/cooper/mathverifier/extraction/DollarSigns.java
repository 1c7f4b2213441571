package dev.cooper.mathverifier.extraction;

/** Tells the dollars around a formula from those of prices. */
final class DollarSigns {
    /** A formula between dollars has fewer plain words. */
    private static final int WORDS = 6;
    /** "$5 is the price, $" is not: the first dollar could as well be a price's. */
    private static final int WORDS_BEHIND_A_PRICE = 2;

    private static final int LONGEST = 8192;
    private final String text;
    private final int end;
    private final boolean lineBreaks;

    DollarSigns(String text, int end, boolean lineBreaks) {
        this.text = text;
        this.end = end;
        this.lineBreaks = lineBreaks;
    }

    /** Whether a dollar before {@code begin} and one at {@code close} may be the delimiters of what stands between. */
    boolean surroundFormula(int begin, int close) {
        if (close <= begin || close - begin > LONGEST || !mayHoldLines(begin, close)) {
            return false;
        }
        int words = plainWords(begin, close);
        boolean blankFirst = Texts.isSpace(text.charAt(begin));
        boolean blankLast = Texts.isSpace(text.charAt(close - 1));
        boolean price = isPrice(begin, blankFirst);
        if (price && close + 1 < end && Texts.isDigit(text.charAt(close + 1))) {
            return false;
        }
        if (words >= (price ? WORDS_BEHIND_A_PRICE : WORDS)) {
            return false;
        }
        return words == 0 || blankFirst == blankLast;
    }

    boolean surroundDisplay(int begin, int close) {
        return close > begin && close - begin <= LONGEST && plainWords(begin, close) < 2 * WORDS;
    }

    /** Whether the line breaks in a formula within a line are allowed. */
    boolean mayHoldLines(int begin, int close) {
        int line = text.indexOf('\n', begin, close);
        if (line < 0) {
            return true;
        }
        boolean blankLine = line + 1 < close && text.charAt(line + 1) == '\n';
        return lineBreaks && !blankLine;
    }

    /** {@code $5}, or {@code 5 $}. */
    private boolean isPrice(int begin, boolean blankFirst) {
        char first = text.charAt(begin);
        if (Texts.isDigit(first) || first == '.') {
            return true;
        }
        int before = begin - 2;
        if (blankFirst && before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        return blankFirst && before >= 0 && Texts.isDigit(text.charAt(before));
    }

    /** Words of two letters or more, one of them lower case, that are neither commands nor inside one for text. */
    private int plainWords(int begin, int close) {
        int words = 0;
        boolean closing = true;
        int i = begin;
        while (i < close && words < 2 * WORDS) {
            char c = text.charAt(i);
            if (c == '\\') {
                int behind = behindCommand(i, close, closing);
                closing &= behind >= 0;
                i = Math.abs(behind);
            } else if (Texts.isLetter(c)) {
                int first = i;
                boolean lower = false;
                while (i < close && Texts.isLetter(text.charAt(i))) {
                    lower |= Character.isLowerCase(text.charAt(i));
                    i++;
                }
                words += lower && i - first > 1 ? 1 : 0;
            } else {
                i++;
            }
        }
        return words;
    }

    /** The index behind a command, and behind its text if it sets text; negative if that text is never closed. */
    private int behindCommand(int at, int close, boolean closing) {
        int name = at + 1;
        int after = Texts.commandEnd(text, name, close);
        if (after == name) {
            return Math.min(name + 1, close);
        }
        if (closing && after < close && text.charAt(after) == '{' && Prose.isText(text.substring(name, after))) {
            int behind = Texts.braceEnd(text, after, close);
            return behind < 0 ? -after : behind;
        }
        return after;
    }
}
