package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import java.util.Optional;

/**
 * Reads the records that close groups.
 *
 * @param <C> what one holds when its group came through
 */
@FunctionalInterface
interface ClosingRecord<C> {

    /** What the record says of its group; empty when it is not one that counts. */
    Optional<ClosedGroup<C>> read(LogRecord record, GroupHeaders headers);
}
