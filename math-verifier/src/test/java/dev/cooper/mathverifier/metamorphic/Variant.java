package dev.cooper.mathverifier.metamorphic;

/**
 * An answer made from another.
 *
 * @param form what was done to it
 * @param text the new answer, without math delimiters
 */
record Variant(String form, String text) {}
