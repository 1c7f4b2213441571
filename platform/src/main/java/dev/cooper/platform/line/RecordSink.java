package dev.cooper.platform.line;

import dev.cooper.platform.failure.CooperException;
import java.util.List;

/** Where records go: the log, or a list in a test. */
@FunctionalInterface
public interface RecordSink {

    /**
     * Writes the record and returns when the log holds it durably. A record that was sent may be sent again after a
     * crash; nothing else may be assumed of one whose send failed.
     *
     * @throws RecordTooLargeException if the record will never fit, however often it is sent
     * @throws CooperException if the log did not take it in time
     */
    void send(OutgoingRecord record);

    /**
     * Writes the records in this order, and returns when the log holds all of them durably. A record of another topic
     * is sent only when the log holds those before it, so that nobody reads a request before the control that announces
     * it. When it throws, any of them may have been written: all are to be sent again.
     *
     * @throws RecordTooLargeException if one of them will never fit
     * @throws CooperException if the log did not take them in time
     */
    default void sendAll(List<OutgoingRecord> records) {
        records.forEach(this::send);
    }
}
