package dev.cooper.orchestrator.run;

import java.util.List;

/**
 * What a run waits for at this moment.
 *
 * @param waitingFor for people; empty when it waits for nothing
 * @param missing slots that have not closed
 */
public record RunProgress(
        String runId,
        long step,
        String phase,
        int groupsClosed,
        int groupsTotal,
        List<Integer> missing,
        String waitingFor) {
    public RunProgress {
        missing = List.copyOf(missing);
    }

    static RunProgress none(String runId) {
        return new RunProgress(runId, 0, "", 0, 0, List.of(), "");
    }

    static RunProgress of(Run run, Step step, GroupWatch groups) {
        List<Integer> missing = groups.missing();
        String waiting = missing.isEmpty() ? "" : missing.size() + " of " + groups.total() + " groups to close";
        return new RunProgress(
                run.id(), step.number(), step.state().name(), groups.closed(), groups.total(), missing, waiting);
    }

    static RunProgress training(Run run, Step step) {
        return waiting(run, step.state().name(), "the policy trainer");
    }

    static RunProgress waitingFor(Run run, String what) {
        return waiting(run, run.state().name(), what);
    }

    private static RunProgress waiting(Run run, String phase, String what) {
        return new RunProgress(run.id(), run.step(), phase, 0, 0, List.of(), what);
    }
}
