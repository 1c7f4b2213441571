package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.LogRecord;
import java.util.List;

/** Keeps the winning records of committed steps beyond the log's retention. */
public interface StepArchive {

    /** Writes the step's records; writing them again changes nothing. */
    void write(Run run, Step step, List<LogRecord> winners);
}
