package dev.cooper.mathverifier.algebra;

/** Whether two expressions are equal. */
public sealed interface Equality {

    /** They are, by {@code method}. */
    record Equal(Method method) implements Equality {}

    /** They are not: at some point of their common domain they have different values. {@code detail} for people. */
    record Different(String detail) implements Equality {}

    /** Not settled; {@code detail} says what stood in the way. */
    record Unsettled(Cause cause, String detail) implements Equality {}

    /** The step of the ladder that settled it. */
    enum Method {
        /** The same normal form. */
        NORMAL_FORM,
        /** The same exact number. */
        EXACT_VALUE,
        /** The same polynomial or rational function, by values modulo large primes. */
        MODULAR_FINGERPRINT,
        /** The same value at all points tried, to many digits. */
        HIGH_PRECISION,
        /** Proven by polynomial algebra. */
        POLYNOMIAL_ALGEBRA
    }

    /** Why not. */
    enum Cause {
        /** More steps, digits or exponents than the budget allows. */
        BUDGET,
        /** Something in it has no value that is known: an unknown function, an opaque part. */
        NOT_UNDERSTOOD,
        /** Too few points at which both have a value. */
        NO_COMMON_DOMAIN,
        /** The values agree, but not to enough digits. */
        IN_DOUBT
    }
}
