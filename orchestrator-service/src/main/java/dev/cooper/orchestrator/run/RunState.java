package dev.cooper.orchestrator.run;

/**
 * State of a run.
 *
 * <pre>
 * from                to          when
 * -                   QUEUED      the run is created
 * QUEUED              PREPARING   no other run of the installation is active
 * PREPARING           RUNNING     the trainer holds the initial model and its checksum is frozen
 * RUNNING             PAUSED      asked for, or a group did not close after all its attempts
 * PAUSED              RUNNING     asked for
 * RUNNING             COMPLETED   the last step is committed and evaluated
 * QUEUED .. PAUSED    CANCELLED   asked for
 * PREPARING, RUNNING  FAILED      nothing that waiting would mend; the reason says what
 * </pre>
 */
public enum RunState {
    QUEUED,
    PREPARING,
    RUNNING,
    PAUSED,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether the run can never move again. */
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, PREPARING, RUNNING, PAUSED -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }
}
