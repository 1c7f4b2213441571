package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.algebra.Equality.Cause;

/**
 * Why an expression, or its value at a point, is not to be had. Control flow inside the package: one instance for each
 * reason, immutable and without a stack trace, so that a point without a value costs no more than one with a value.
 */
@SuppressWarnings("StaticAssignmentOfThrowable")
final class NoValueException extends RuntimeException {
    static final NoValueException STEPS = new NoValueException(Cause.BUDGET, "more steps than the budget allows");
    static final NoValueException BITS = new NoValueException(Cause.BUDGET, "longer numbers than the budget allows");
    static final NoValueException DEPTH = new NoValueException(Cause.BUDGET, "deeper nesting than the budget allows");
    static final NoValueException TERMS = new NoValueException(Cause.BUDGET, "more terms than the budget allows");
    /** Division by zero, 0^0, infinity minus infinity, the logarithm of zero and the like. */
    static final NoValueException UNDEFINED = new NoValueException(Cause.NO_COMMON_DOMAIN, "it has no value");
    /** Not real, or not known precisely enough to take the next step. */
    static final NoValueException UNKNOWN = new NoValueException(Cause.IN_DOUBT, "its value is not known");

    static final NoValueException NOT_SCALAR =
            new NoValueException(Cause.NOT_UNDERSTOOD, "a part of it has no value that is known");

    private static final long serialVersionUID = 1;

    private final Cause cause;

    private NoValueException(Cause cause, String detail) {
        super(detail, null, false, false);
        this.cause = cause;
    }

    Cause reason() {
        return cause;
    }

    String detail() {
        String detail = getMessage();
        return detail == null ? "" : detail;
    }
}
