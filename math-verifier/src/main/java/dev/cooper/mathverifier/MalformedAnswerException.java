package dev.cooper.mathverifier;

/** An answer that is not well-formed, such as one with a brace too many. */
final class MalformedAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String detail;

    MalformedAnswerException(String detail) {
        super(detail);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
