package dev.cooper.orchestrator.run;

/** What the run's user wants of it; the driver follows at its next move. */
public enum Wish {
    RUN,
    PAUSE,
    CANCEL
}
