package dev.cooper.mathverifier.syntax;

/** Tells what the dollar signs of an answer are: borders of mathematics or a currency. */
enum Dollars {
    NONE,
    BORDERS,
    CURRENCY;

    /** Currency if each stands before a number that begins a word ("$5 and $10"), or the only one behind a number. */
    static Dollars of(String text) {
        int count = 0;
        boolean allBeforeNumbers = true;
        int last = -1;
        for (int i = text.indexOf('$'); i >= 0; i = text.indexOf('$', i + 1)) {
            if (i > 0 && text.charAt(i - 1) == '\\') {
                continue;
            }
            count++;
            last = i;
            allBeforeNumbers &= isBeforeNumber(text, i);
        }
        if (count == 0) {
            return NONE;
        }
        return allBeforeNumbers || (count == 1 && isBehindNumber(text, last)) ? CURRENCY : BORDERS;
    }

    private static boolean isBeforeNumber(String text, int at) {
        char before = at == 0 ? ' ' : text.charAt(at - 1);
        int next = at + 1 < text.length() && text.charAt(at + 1) == ' ' ? at + 2 : at + 1;
        boolean digit = next < text.length()
                && (isDigit(text.charAt(next))
                        || (text.charAt(next) == '.' && next + 1 < text.length() && isDigit(text.charAt(next + 1))));
        return digit && (Character.isWhitespace(before) || "([{-,=".indexOf(before) >= 0);
    }

    private static boolean isBehindNumber(String text, int at) {
        int before = at - 1;
        while (before >= 0 && text.charAt(before) == ' ') {
            before--;
        }
        return before >= 0 && isDigit(text.charAt(before));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
