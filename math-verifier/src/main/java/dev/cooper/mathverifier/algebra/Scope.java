package dev.cooper.mathverifier.algebra;

import dev.cooper.mathverifier.numeric.Rational;
import org.jspecify.annotations.Nullable;

/** What variables stand for: a linked list, the innermost first. */
record Scope<R>(
        String name,
        Complex<R> value,
        @Nullable Rational exact,
        @Nullable Scope<R> outer) {
    static <R> Complex<R> find(@Nullable Scope<R> scope, String name) {
        for (Scope<R> at = scope; at != null; at = at.outer) {
            if (at.name.equals(name)) {
                return at.value;
            }
        }
        throw NoValueException.UNKNOWN;
    }

    /** Null if it is not known exactly. */
    static @Nullable Rational exact(@Nullable Scope<?> scope, String name) {
        for (Scope<?> at = scope; at != null; at = at.outer) {
            if (at.name.equals(name)) {
                return at.exact;
            }
        }
        return null;
    }
}
