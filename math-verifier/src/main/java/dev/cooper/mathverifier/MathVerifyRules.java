package dev.cooper.mathverifier;

/**
 * Conventions of Math-Verify 0.8 that ours do not share. With them a comparison is laxer, and not symmetric:
 *
 * <ul>
 *   <li>numbers of which one is a decimal are rounded to {@code precision} fraction digits before they are compared;
 *   <li>of a chain of equations the first left and the last right side count, whether or not the members agree, and of
 *       an equation the right side answers a reference that is none;
 *   <li>any product of names is a label;
 *   <li>an open interval, a pair and two elements in its order are the same, and repeated elements of a list count
 *       once.
 * </ul>
 *
 * @param precision fraction digits to which numbers are rounded where one of them is a decimal
 * @param strict whether names of variables matter; otherwise those of the answer are matched by position
 * @param allowSetRelation whether an inequality may answer a reference that is a set; the other way is always allowed
 */
public record MathVerifyRules(int precision, boolean strict, boolean allowSetRelation) {
    private static final int LARGEST_PRECISION = 100;

    public MathVerifyRules {
        if (precision < 0 || precision > LARGEST_PRECISION) {
            throw new IllegalArgumentException(
                    "precision must be from 0 to " + LARGEST_PRECISION + ", but is " + precision);
        }
    }

    /** Math-Verify's defaults: 6 fraction digits, strict, no inequality for a set. */
    public static MathVerifyRules defaults() {
        return new MathVerifyRules(6, true, false);
    }

    public MathVerifyRules withPrecision(int digits) {
        return new MathVerifyRules(digits, strict, allowSetRelation);
    }

    public MathVerifyRules withStrict(boolean namesMatter) {
        return new MathVerifyRules(precision, namesMatter, allowSetRelation);
    }

    public MathVerifyRules withAllowSetRelation(boolean allowed) {
        return new MathVerifyRules(precision, strict, allowed);
    }
}
