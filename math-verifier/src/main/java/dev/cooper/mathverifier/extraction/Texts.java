package dev.cooper.mathverifier.extraction;

/** Character classes and bounded scans that the finders share. */
final class Texts {
    private static final String MARKUP = "*_`\"'\u201c\u201d\u2018\u2019";

    private Texts() {}

    static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c > 127 && Character.isLetter(c));
    }

    /** A letter of a LaTeX command. */
    static boolean isCommandLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Emphasis and quotation marks that may surround an answer in running text. */
    static boolean isMarkup(char c) {
        return MARKUP.indexOf(c) >= 0;
    }

    static int skipSpace(String text, int from, int end) {
        int i = from;
        while (i < end && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Skips blanks that do not end the line. */
    static int skipBlanks(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) != '\n' && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int skipSpaceAndMarkup(String text, int from, int end) {
        int i = from;
        while (i < end && (isSpace(text.charAt(i)) || isMarkup(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    /** Markup, and blanks that do not end the line. */
    static int skipBlanksAndMarkup(String text, int from, int end) {
        int i = from;
        while (i < end && text.charAt(i) != '\n' && (isSpace(text.charAt(i)) || isMarkup(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    static int trimEnd(String text, int begin, int end) {
        int i = end;
        while (i > begin && isSpace(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    /** The index of the first line break in {@code [from, end)}, or {@code end}. */
    static int lineEnd(String text, int from, int end) {
        int found = text.indexOf('\n', from, Math.max(from, end));
        return found < 0 ? end : found;
    }

    static int lineBegin(String text, int from, int begin) {
        int i = from;
        while (i > begin && text.charAt(i - 1) != '\n') {
            i--;
        }
        return i;
    }

    /** Whether {@code word} stands at the index, whatever its case, and ends there. */
    static boolean wordAt(String text, int at, int end, String word) {
        int after = at + word.length();
        return after <= end
                && text.regionMatches(true, at, word, 0, word.length())
                && (after == end || !Character.isLetterOrDigit(text.charAt(after)));
    }

    /** The index behind a command's name that begins at {@code at}. */
    static int commandEnd(String text, int at, int end) {
        int i = at;
        while (i < end && isCommandLetter(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** The index behind the brace that closes the one at {@code at}, or -1 if none does before {@code end}. */
    static int braceEnd(String text, int at, int end) {
        int depth = 0;
        for (int i = at; i < end; i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '{' -> depth++;
                case '}' -> {
                    depth--;
                    if (depth == 0) {
                        return i + 1;
                    }
                }
                default -> {
                    // Any other character stands for itself.
                }
            }
        }
        return -1;
    }
}
