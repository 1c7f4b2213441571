package dev.cooper.cli.sizing;

/** Where a run's reward comes from, as in a spec. */
public enum RunMode {
    RULE,
    STATIC,
    COOPER
}
