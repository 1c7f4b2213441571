package dev.cooper.mathverifier.syntax;

/**
 * One token of an answer.
 *
 * @param text canonical: digits without grouping, a command's usual name, an operator's sign
 * @param gap the space in front
 * @param plain whether it stands in plain text and not in mathematics, where a space tells nothing
 */
record Token(Kind kind, String text, Gap gap, boolean plain) {

    /** What a token is. */
    enum Kind {
        /** {@code 12}, {@code 0.5}, {@code .5}, {@code 6.02e23}, {@code 0.} before a repeating part. */
        NUMBER,
        /** One letter, Latin or Greek by its name. */
        LETTER,
        /** Letters that belong together: a known name, a unit, a word of prose. */
        WORD,
        /** A word in {@code \text{}}, {@code \mathrm{}} or their like. */
        TEXT,
        COMMAND,
        SYMBOL,
        OPEN,
        CLOSE,
        END
    }

    /** The space in front of a token. */
    enum Gap {
        NONE,
        SPACE,
        /** {@code \quad}, the border of a box: what stands on both sides is not multiplied. */
        WIDE
    }

    /** The text of the symbol that ends a line of a matrix or a list: two backslashes in LaTeX. */
    static final String LINE_END = "\u2028";

    static final Token LAST = new Token(Kind.END, "", Gap.NONE, false);

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    boolean isSymbol(String sign) {
        return kind == Kind.SYMBOL && text.equals(sign);
    }

    boolean isOpen(String bracket) {
        return kind == Kind.OPEN && text.equals(bracket);
    }

    boolean isCommand(String name) {
        return kind == Kind.COMMAND && text.equals(name);
    }

    /** A word of prose, a name or a unit, wherever it stands. */
    boolean isWord() {
        return kind == Kind.WORD || kind == Kind.TEXT;
    }

    boolean isWord(String wanted) {
        return isWord() && text.equalsIgnoreCase(wanted);
    }

    boolean isSpaced() {
        return gap != Gap.NONE;
    }
}
