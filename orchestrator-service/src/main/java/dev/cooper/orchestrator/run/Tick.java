package dev.cooper.orchestrator.run;

/** What one tick of the driver came to. */
public enum Tick {
    /** The run moved; the next tick may move it again. */
    MOVED,
    /** Nothing to do yet. */
    WAITING,
    /** The run is in a final state. */
    DONE
}
