package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.Topic;
import java.time.Duration;
import java.util.List;

/**
 * What a step waits for in one of its states, and how it asks for it again.
 *
 * @param <C> what a group holds that came through
 */
interface AwaitedGroups<C> {

    /** The topic whose records close the groups. */
    Topic topic();

    /** Reads that topic's records for this step. */
    ClosingRecord<C> reader(Step step);

    /** The name of what is awaited, for people. */
    String what();

    /** From the dispatch; then the missing ones are asked for again. */
    Duration timeAllowed(Run run);

    /** Whether requests go on being worked on under a later fence than they were sent under. */
    boolean outlivesItsFence();

    /** The records that ask for these slots, under the step's newest attempt. */
    List<OutgoingRecord> ask(Run run, Step step, List<Integer> slots);
}
