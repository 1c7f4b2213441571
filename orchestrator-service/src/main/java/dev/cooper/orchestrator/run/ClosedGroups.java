package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.Topic;
import dev.cooper.proto.v1.Manifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The end of the line, as the orchestrator reads it: without a group, from where it says. */
public interface ClosedGroups {

    /** The offset of the oldest record that retention has left, or of the next one where it left none, by partition. */
    Map<Integer, Long> begin(Topic topic);

    /** The offset of the next record, by partition. */
    Map<Integer, Long> end(Topic topic);

    /** Reads this topic from these offsets on; what was read before is forgotten. */
    void read(Topic topic, Map<Integer, Long> from);

    /** The next records, in the order of offsets within a partition; empty when none came in this time. */
    List<LogRecord> poll(Duration wait);

    /**
     * The newest records of a topic, at most so many a partition: a look in passing, which may miss some when the log
     * is slow to answer.
     */
    List<LogRecord> last(Topic topic, int atMost);

    /**
     * Exactly these records, in the manifest's order.
     *
     * @throws dev.cooper.platform.failure.CooperException when one is gone or is not the one that was frozen
     */
    List<LogRecord> fetch(Manifest manifest);
}
