package dev.cooper.mathverifier;

/** Why nothing can be compared with a reference. */
public enum UnscorableReason {
    /** The reference holds no answer. */
    EMPTY_REFERENCE,
    /** The reference has unbalanced braces, contradicting boxes or nothing but punctuation. */
    UNREADABLE_REFERENCE,
    /** The reference's answer is longer than the limit. */
    REFERENCE_TOO_LONG,
    /** The verifier itself failed. */
    VERIFIER_FAULT
}
