package dev.cooper.mathverifier.syntax;

/**
 * What stands behind a number.
 *
 * @param text as written, in lower case with single spaces: {@code cm^2}, {@code km/h}, {@code dollars}, {@code apples}
 */
public record Unit(String text) {}
