package dev.cooper.mathverifier.syntax;

/**
 * Ends the reading of an answer; never leaves the package. Without a stack trace, for it is no fault of the program.
 */
final class SyntaxFailure extends Exception {
    private static final long serialVersionUID = 1L;

    /** What follows from it. */
    enum Kind {
        /** Not balanced, broken off. */
        UNREADABLE,
        TOO_LARGE,
        /** Balanced, but beyond the grammar. */
        NOT_UNDERSTOOD
    }

    private final Kind kind;
    private final String detail;

    private SyntaxFailure(Kind kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
        this.detail = detail;
    }

    static SyntaxFailure unreadable(String detail) {
        return new SyntaxFailure(Kind.UNREADABLE, detail);
    }

    static SyntaxFailure tooLarge(String detail) {
        return new SyntaxFailure(Kind.TOO_LARGE, detail);
    }

    static SyntaxFailure notUnderstood(String detail) {
        return new SyntaxFailure(Kind.NOT_UNDERSTOOD, detail);
    }

    Kind kind() {
        return kind;
    }

    String detail() {
        return detail;
    }
}
