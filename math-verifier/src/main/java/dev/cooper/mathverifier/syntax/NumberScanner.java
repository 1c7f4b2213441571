package dev.cooper.mathverifier.syntax;

/** Finds the extent of one number in digits and takes its grouping out. */
final class NumberScanner {
    private static final int GROUP = 3;

    private final String text;
    private final String measures;
    private final StringBuilder digits = new StringBuilder();
    private int at;

    /** @param currency whether dollar signs are a currency */
    NumberScanner(String text, boolean currency) {
        this.text = text;
        measures = currency ? "%\u20ac\u00a3$" : "%\u20ac\u00a3";
    }

    static boolean startsAt(String text, int at) {
        char c = text.charAt(at);
        return isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)));
    }

    /** Where the number last scanned ended. */
    int end() {
        return at;
    }

    /**
     * Scans the number at {@code start}.
     *
     * @param commasGroup whether a bare comma may group digits here: not between brackets, where it separates elements
     */
    String scan(int start, boolean commasGroup) {
        digits.setLength(0);
        at = start;
        int first = run(at);
        digits.append(text, at, first);
        at = first;
        // Behind "27," the next number is an element of the same list.
        boolean listed = start > 1 && text.charAt(start - 1) == ',' && isDigit(text.charAt(start - 2));
        boolean commas = commasGroup && !listed;
        boolean grouped = digits.length() <= GROUP && !digits.isEmpty() && groups(commas);
        if (!fraction() && !grouped && !bracedDecimal() && commas) {
            decimalComma();
        }
        exponent();
        return digits.toString();
    }

    private boolean groups(boolean commasGroup) {
        if (digits.charAt(0) == '0') {
            return false;
        }
        int begin = at;
        int kept = digits.length();
        boolean bare = false;
        while (true) {
            int separator = separatorEnd(at, commasGroup);
            if (separator < 0 || run(separator) - separator != GROUP) {
                break;
            }
            bare |= text.charAt(at) == ',' && separator == at + 1;
            digits.append(text, separator, separator + GROUP);
            at = separator + GROUP;
        }
        // 108,135,27 is a list: its last group is none.
        // 3 125/200 is a mixed number.
        boolean mixed = at > begin && text.charAt(begin) == ' ' && at < text.length() && text.charAt(at) == '/';
        boolean list =
                mixed || (bare && at + 1 < text.length() && text.charAt(at) == ',' && isDigit(text.charAt(at + 1)));
        if (list) {
            digits.setLength(kept);
            at = begin;
        }
        return at > begin;
    }

    /** Where the digits behind a separator of groups begin; negative if there is none at {@code from}. */
    private int separatorEnd(int from, boolean commasGroup) {
        if (from >= text.length()) {
            return -1;
        }
        char c = text.charAt(from);
        if (c == ',' && text.startsWith("\\!", from + 1)) {
            return skipSpaces(from + GROUP);
        }
        if (c == ',' || c == ' ' || c == '\u00a0' || c == '\u2009' || c == '\u202f') {
            int brace = c == ' ' ? bracedComma(from + 1) : -1;
            return brace >= 0 ? brace : commasGroup ? from + 1 : -1;
        }
        if (c == '\\' && from + 1 < text.length() && ",:; ".indexOf(text.charAt(from + 1)) >= 0) {
            return skipSpaces(from + 2);
        }
        return bracedComma(from);
    }

    private int bracedComma(int from) {
        if (from >= text.length() || text.charAt(from) != '{') {
            return -1;
        }
        int comma = skipSpaces(from + 1);
        if (comma >= text.length() || text.charAt(comma) != ',') {
            return -1;
        }
        int brace = skipSpaces(comma + 1);
        return brace < text.length() && text.charAt(brace) == '}' ? skipSpaces(brace + 1) : -1;
    }

    private boolean fraction() {
        if (at >= text.length() || text.charAt(at) != '.') {
            return false;
        }
        int end = run(at + 1);
        if (end > at + 1) {
            digits.append(text, at, end);
            at = end;
            return true;
        }
        if (beginsRepetition(at + 1)) {
            digits.append('.');
            at++;
            return true;
        }
        return false;
    }

    private boolean beginsRepetition(int from) {
        if (from < text.length() && text.charAt(from) == '(') {
            int end = run(from + 1);
            return end > from + 1 && end < text.length() && text.charAt(end) == ')';
        }
        return text.startsWith("\\overline", from) || text.startsWith("\\bar", from) || text.startsWith("\\dot{", from);
    }

    /** {@code 3{,}75}: braces keep the comma from being one of a list, and no group has two digits. */
    private boolean bracedDecimal() {
        int from = bracedComma(at);
        int end = from < 0 ? from : run(from);
        boolean zero = digits.length() == 1 && digits.charAt(0) == '0';
        boolean decimal = end > from && (zero || end - from != GROUP) && bracedComma(end) < 0;
        if (decimal) {
            digits.append('.').append(text, from, end);
            at = end;
        }
        return decimal;
    }

    /** 0,111 and 2,05 and "2,74 \u20ac" can be nothing but decimals; 5,15 is a list. */
    private void decimalComma() {
        if (digits.isEmpty() || at + 1 >= text.length() || text.charAt(at) != ',') {
            return;
        }
        int end = run(at + 1);
        int length = end - at - 1;
        boolean more = end + 1 < text.length() && text.charAt(end) == ',' && isDigit(text.charAt(end + 1));
        if (length == 0 || more) {
            return;
        }
        boolean small = digits.length() == 1 && digits.charAt(0) == '0' && length >= GROUP;
        boolean padded = length > 1 && text.charAt(at + 1) == '0';
        if (small || padded || isMeasureAt(end)) {
            digits.append('.').append(text, at + 1, end);
            at = end;
        }
    }

    /** Whether a currency or a percent sign follows. */
    private boolean isMeasureAt(int from) {
        int next = skipSpaces(from);
        if (next < text.length() && text.charAt(next) == '\\') {
            next++;
        }
        return next < text.length() && measures.indexOf(text.charAt(next)) >= 0;
    }

    private void exponent() {
        if (at + 1 >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
            return;
        }
        char next = text.charAt(at + 1);
        int begin = next == '-' || next == '+' || next == '\u2212' ? at + 2 : at + 1;
        int end = run(begin);
        if (end > begin && (end == text.length() || !Character.isLetter(text.charAt(end)))) {
            digits.append('e').append(begin > at + 1 && next != '+' ? "-" : "").append(text, begin, end);
            at = end;
        }
    }

    private int skipSpaces(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    /** The end of the run of digits at {@code from}. */
    private int run(int from) {
        int i = from;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
