package dev.cooper.languagemodel.chat;

/** The smallest part of an expression or statement. */
record Token(Kind kind, String text, int line) {
    /** What a token is. */
    enum Kind {
        NAME,
        STRING,
        WHOLE,
        REAL,
        OPERATOR,
        END
    }

    boolean is(Kind expected, String expectedText) {
        return kind == expected && text.equals(expectedText);
    }

    String describe() {
        return kind == Kind.END ? "the end of the tag" : "'" + text + "'";
    }
}
