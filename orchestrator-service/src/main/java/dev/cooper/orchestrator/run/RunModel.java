package dev.cooper.orchestrator.run;

import dev.cooper.proto.v1.ModelRef;

/**
 * One of a run's models.
 *
 * @param initialChecksum of its version 0, frozen while preparing; empty before
 * @param version after the last committed update; the default instance before the run is prepared
 */
public record RunModel(String initialChecksum, ModelRef version) {

    /** Of a run that is not prepared. */
    static final RunModel UNKNOWN = new RunModel("", ModelRef.getDefaultInstance());

    static RunModel initial(ModelRef version) {
        return new RunModel(version.getChecksum(), version);
    }

    RunModel at(ModelRef next) {
        return new RunModel(initialChecksum, next);
    }
}
