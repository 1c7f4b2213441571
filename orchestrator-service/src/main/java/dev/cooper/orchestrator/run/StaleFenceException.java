package dev.cooper.orchestrator.run;

/** Somebody else steers the run now; whoever gets this must stop steering it. */
public final class StaleFenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleFenceException(String runId, long fence) {
        super("run " + runId + " is no longer steered under fence " + fence);
    }
}
