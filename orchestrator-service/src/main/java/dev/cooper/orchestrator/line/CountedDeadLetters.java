package dev.cooper.orchestrator.line;

import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.stream.LineMetrics;
import java.util.List;

/** Counts the dead letters that reach the log. One that is sent again after a crash counts again. */
public final class CountedDeadLetters implements RecordSink {

    private final RecordSink sink;
    private final LineMetrics metrics;

    public CountedDeadLetters(RecordSink sink, LineMetrics metrics) {
        this.sink = sink;
        this.metrics = metrics;
    }

    @Override
    public void send(OutgoingRecord record) {
        sink.send(record);
        count(record);
    }

    @Override
    public void sendAll(List<OutgoingRecord> records) {
        sink.sendAll(records);
        records.forEach(this::count);
    }

    private void count(OutgoingRecord record) {
        if (record.deadLetter()) {
            metrics.deadLetter(record.topic(), reason(record));
        }
    }

    private static DeadLetterReason reason(OutgoingRecord letter) {
        String error = letter.headers().getOrDefault(GroupReader.ERROR_HEADER, "");
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            if (error.startsWith(reason + ":")) {
                return reason;
            }
        }
        throw new IllegalArgumentException("a dead letter without a reason: " + letter);
    }
}
