package dev.cooper.mathverifier;

/**
 * One piece of an answer.
 *
 * @param text a number without separators, a word, a command without its backslash, or a symbol
 * @param spaced whether a space stood before it
 */
record Token(Kind kind, String text, boolean spaced) {

    enum Kind {
        NUMBER,
        /** Bare letters: a word, or a product of variables. */
        WORD,
        /** Letters inside {@code \text{..}} or the like: certainly words. */
        TEXT,
        COMMAND,
        SYMBOL
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isCommand(String name) {
        return kind == Kind.COMMAND && text.equals(name);
    }

    boolean isLetters() {
        return kind == Kind.WORD || kind == Kind.TEXT;
    }

    boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    boolean opens() {
        return isSymbol("(") || isSymbol("[") || isSymbol("{") || isSymbol("\\{");
    }

    boolean closes() {
        return isSymbol(")") || isSymbol("]") || isSymbol("}") || isSymbol("\\}");
    }
}
