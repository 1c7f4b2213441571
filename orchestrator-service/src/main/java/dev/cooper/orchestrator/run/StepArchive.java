package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.LogRecord;
import java.util.List;

/** Keeps the winning records of committed steps beyond the log's retention. */
public interface StepArchive {

    /**
     * Writes the step's records; writing them again changes nothing.
     *
     * @param groups the records of its manifest of groups
     * @param pairs those of its manifest of pairs; empty when it has none
     */
    void write(Run run, Step step, List<LogRecord> groups, List<LogRecord> pairs);
}
