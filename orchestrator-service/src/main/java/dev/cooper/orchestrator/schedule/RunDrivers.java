package dev.cooper.orchestrator.schedule;

import dev.cooper.orchestrator.run.RunDriver;

/** Makes the driver of a run that has been taken over. */
@FunctionalInterface
public interface RunDrivers {
    RunDriver drive(String runId, long fence);
}
