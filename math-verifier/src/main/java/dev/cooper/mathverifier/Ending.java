package dev.cooper.mathverifier;

/** How the sampling of a completion ended. */
public enum Ending {
    /** The model ended it. */
    FINISHED,
    /** It was cut off at the length limit, so even an answer in it does not count. */
    TRUNCATED
}
