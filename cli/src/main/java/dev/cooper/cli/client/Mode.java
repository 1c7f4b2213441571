package dev.cooper.cli.client;

import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

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

    /** Takes away what the mode would refuse. */
    void removeUnused(ObjectNode spec) {
        switch (this) {
            case RULE -> {
                spec.remove("reward");
                spec.remove("pairing");
            }
            case STATIC -> {
                spec.remove("pairing");
                if (spec.path("reward") instanceof ObjectNode reward) {
                    reward.remove("training");
                    reward.remove("every");
                }
            }
            case COOPER -> {
                // The mode that uses every section.
            }
        }
    }
}
