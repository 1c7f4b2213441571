package dev.cooper.mathverifier;

import static java.util.Objects.requireNonNull;

import dev.cooper.mathverifier.numeric.Rational;

/**
 * What {@code 50%} equals. Two percentages are always compared as they stand: {@code 50%} never equals {@code 0.5%}.
 */
public enum PercentRule {
    /** Both 50 and 0.5: references and people write a percentage either way. */
    EITHER,
    /** 0.5 only. */
    FRACTION,
    /** 50 only. */
    SIGN_DROPPED;

    boolean accepts(Rational percentage, Rational plain) {
        requireNonNull(plain, "plain");
        boolean asFraction = this != SIGN_DROPPED && percentage.hundredth().equals(plain);
        boolean asNumber = this != FRACTION && percentage.equals(plain);
        return asFraction || asNumber;
    }
}
