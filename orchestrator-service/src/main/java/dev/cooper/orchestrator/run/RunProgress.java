package dev.cooper.orchestrator.run;

import java.util.List;
import java.util.Optional;

/**
 * What a run waits for at this moment.
 *
 * @param waitingFor for people; empty when it waits for nothing
 * @param missing slots that have not closed
 * @param service the service that it waits for; empty when it waits for none, or for several
 * @param stall there when it has waited for too long
 */
public record RunProgress(
        String runId,
        long step,
        String phase,
        int groupsClosed,
        int groupsTotal,
        List<Integer> missing,
        String waitingFor,
        String service,
        Optional<Stall> stall) {
    public RunProgress {
        missing = List.copyOf(missing);
    }

    /** Of a run that waits as it should. */
    public RunProgress(
            String runId,
            long step,
            String phase,
            int groupsClosed,
            int groupsTotal,
            List<Integer> missing,
            String waitingFor) {
        this(runId, step, phase, groupsClosed, groupsTotal, missing, waitingFor, "", Optional.empty());
    }

    static RunProgress none(String runId) {
        return new RunProgress(runId, 0, "", 0, 0, List.of(), "");
    }

    static RunProgress of(Run run, Step step, GroupWatch<?> groups) {
        List<Integer> missing = groups.missing();
        String waiting = missing.isEmpty() ? "" : missing.size() + " of " + groups.total() + " groups to close";
        return new RunProgress(
                run.id(), step.number(), step.state().name(), groups.closed(), groups.total(), missing, waiting);
    }

    /** Waits for this service, which is all that people need know. */
    static RunProgress of(Run run, String phase, String service) {
        return new RunProgress(
                run.id(), run.step(), phase, 0, 0, List.of(), "the " + service, service, Optional.empty());
    }

    /** The same, in these words. */
    RunProgress waitingFor(String what) {
        return new RunProgress(runId, step, phase, groupsClosed, groupsTotal, missing, what, service, stall);
    }

    RunProgress with(Optional<Stall> next) {
        return new RunProgress(runId, step, phase, groupsClosed, groupsTotal, missing, waitingFor, service, next);
    }
}
