package dev.cooper.mathverifier;

/** Character classes and bounded scans that the scanners share. */
final class Characters {
    private static final String MARKUP = "*_`\"'\u201c\u201d";

    private Characters() {}

    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Emphasis and quotation marks that may surround an answer in running text. */
    static boolean isMarkup(char c) {
        return MARKUP.indexOf(c) >= 0;
    }

    static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int skipSpaceAndMarkup(String text, int from) {
        int i = from;
        while (i < text.length() && (isSpace(text.charAt(i)) || isMarkup(text.charAt(i)))) {
            i++;
        }
        return i;
    }

    /** The index of the first line break in {@code [from, limit)}, or {@code limit}. */
    static int lineEnd(String text, int from, int limit) {
        int end = text.indexOf('\n', from, Math.max(from, limit));
        return end < 0 ? limit : end;
    }

    /** Without surrounding space and markup, and without a full stop at the end (an ellipsis stays). */
    static String trim(String text) {
        int begin = skipSpaceAndMarkup(text, 0);
        int end = text.length();
        while (end > begin && (isSpace(text.charAt(end - 1)) || isMarkup(text.charAt(end - 1)) || isStop(text, end))) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static boolean isStop(String text, int end) {
        return text.charAt(end - 1) == '.' && end > 1 && text.charAt(end - 2) != '.';
    }
}
