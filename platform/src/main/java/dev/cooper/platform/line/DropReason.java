package dev.cooper.platform.line;

/** Why a record that can be read is passed over. */
public enum DropReason {
    /** Its phase is over, its slot was cancelled, or its run has ended. */
    STALE,
    /** The stage has no business with such groups. */
    NOT_FOR_THIS_STAGE,
    /** Its partition went to another instance, which works on it. */
    MOVED
}
