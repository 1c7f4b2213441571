package dev.cooper.pretraining.problems;

/** How a solution is written. */
public enum Style {
    /** Every step in a sentence. */
    SENTENCES,
    /** Equations only. */
    EQUATIONS,
    /** A number without any working. */
    GUESS
}
