package dev.cooper.platform.tracing;

import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.StageResult;

/** The work of one stage on one group, from the moment that it begins until what became of it is on the log. */
public interface GroupSpan {

    /** This thread works on the group: its log lines name it, and what it sends or calls belongs to its trace. */
    LogScope enter();

    /** The work is over. */
    void end(StageResult result);
}
