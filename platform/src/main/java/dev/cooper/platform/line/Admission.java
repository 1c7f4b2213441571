package dev.cooper.platform.line;

/** Whether a group is to be worked on now. */
public enum Admission {
    CURRENT,
    /** Over, cancelled or superseded: drop it. */
    STALE,
    /** Of a phase that control has not announced here yet: wait, do not drop. */
    AHEAD
}
