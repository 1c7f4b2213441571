package dev.cooper.reward.jobs;

/**
 * Where a job is.
 *
 * <pre>
 * from                 by                          to
 *                      a request                   QUEUED
 * QUEUED               its turn                    RUNNING
 * QUEUED               a request to cancel         CANCELLED
 * RUNNING              a request to cancel         CANCELLING
 * RUNNING              its end                     DONE, or FAILED
 * RUNNING              a restart of the service    RUNNING, from its last place
 * CANCELLING           its next place to stop      CANCELLED; at its end DONE, or FAILED
 * CANCELLING           a restart of the service    CANCELLED
 * </pre>
 */
public enum JobState {
    QUEUED,
    RUNNING,
    CANCELLING,
    DONE,
    FAILED,
    CANCELLED;

    boolean isUnfinished() {
        return this == QUEUED || this == RUNNING;
    }
}
