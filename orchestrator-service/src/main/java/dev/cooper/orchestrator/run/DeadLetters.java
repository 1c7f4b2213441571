package dev.cooper.orchestrator.run;

import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import java.util.HashMap;
import java.util.Map;

/** Records that the orchestrator could not read, as they go to the dead letter topic. */
final class DeadLetters {

    private DeadLetters() {}

    static OutgoingRecord of(ClosedGroup.Unreadable<?> unreadable) {
        LogRecord record = unreadable.record();
        Map<String, String> headers = new HashMap<>(record.headers());
        headers.put(GroupReader.ERROR_HEADER, unreadable.reason() + ": " + unreadable.detail());
        headers.put(GroupReader.SOURCE_HEADER, record.place());
        return new OutgoingRecord(record.topic(), true, record.key(), headers, record.value());
    }
}
