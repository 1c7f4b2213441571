package dev.cooper.platform.line;

import java.util.Locale;

/** The topics of an installation, in the order in which a rollout meets them. */
public enum Topic {
    /** Compacted, key run: what every instance must know before it serves. */
    CONTROL,
    PROMPTS,
    ROLLOUTS,
    VERIFIED,
    SCORED,
    PAIRS,
    MODEL_VERSIONS,
    STEP_EVENTS,
    /** Who asked for what over HTTP. */
    AUDIT;

    /** The name without the installation's prefix, such as {@code model-versions}. */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
