package dev.cooper.orchestrator.run;

import dev.cooper.orchestrator.spec.RunSpec;

/** Asked before a run leaves the queue: what fitted when it was created may no longer fit. */
@FunctionalInterface
public interface StartCheck {

    /** Lets every run begin. */
    StartCheck NONE = _ -> {};

    /**
     * Lets the run begin, or throws.
     *
     * @throws dev.cooper.platform.failure.CooperException NO_CAPACITY when the run can begin later; with any other
     *     reason when it cannot
     */
    void check(RunSpec spec);
}
