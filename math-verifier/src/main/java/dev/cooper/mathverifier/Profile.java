package dev.cooper.mathverifier;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Sets of options with a name. */
public enum Profile {
    /** For rewards: strict where an answer could be fooled. */
    DEFAULT,
    /** The verdicts of Math-Verify 0.8, as far as its conventions go. */
    MATH_VERIFY;

    /** The options to begin with. */
    public CheckOptions options() {
        return switch (this) {
            case DEFAULT -> CheckOptions.defaults();
            case MATH_VERIFY -> CheckOptions.mathVerify();
        };
    }

    /** The name in settings and on the command line: {@code default}, {@code math-verify}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The profile with this label, if there is one. */
    public static Optional<Profile> labelled(String label) {
        return Stream.of(values())
                .filter(profile -> profile.label().equals(label))
                .findFirst();
    }
}
