package dev.cooper.platform.line;

/** Why a record could not be worked on and was put aside. */
public enum DeadLetterReason {
    /** No service of this installation has written it. */
    FORGED,
    /** Nobody can tell which group it is of. */
    UNREADABLE_HEADERS,
    UNREADABLE_VALUE,
    /** Headers and value tell of different groups. */
    HEADERS_DISAGREE,
    /** Of a phase that control never announced, though control is always written first. */
    UNANNOUNCED
}
