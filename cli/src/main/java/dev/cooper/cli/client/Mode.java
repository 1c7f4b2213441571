package dev.cooper.cli.client;

import java.util.Locale;

/** Where a run's rewards come from. */
public enum Mode {
    /** The rule verifier's verdicts. */
    RULE,
    /** A reward model that stays as it is. */
    STATIC,
    /** A reward model that is trained along with the policy. */
    COOPER;

    /** As a run spec names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
