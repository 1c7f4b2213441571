package dev.cooper.platform.stream;

import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.RecordTooLargeException;
import dev.cooper.platform.line.Refusals;
import dev.cooper.platform.line.StageResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what became of a record. When {@link #send} returns, the record's offset may be committed. */
final class StageSender {

    private static final Logger LOG = LoggerFactory.getLogger(StageSender.class);

    private final RecordSink sink;

    StageSender(RecordSink sink) {
        this.sink = sink;
    }

    /**
     * Sends the records of the result, or less where they are too large.
     *
     * @return what was sent in the end
     */
    StageResult send(LogRecord record, StageResult result, Refusals<?> refusals) {
        log(record, result, refusals.stage());
        return switch (result) {
            case StageResult.Done done -> sendOutput(record, done, done.output(), refusals);
            case StageResult.Failed failed -> sendOutput(record, failed, failed.output(), refusals);
            case StageResult.PassedAlong passed -> sendOutput(record, passed, passed.output(), refusals);
            case StageResult.DeadLettered letter -> sendLetter(letter);
            case StageResult.Dropped dropped -> dropped;
            case StageResult.Early early ->
                throw new IllegalArgumentException("an early record is not finished: " + early.headers());
        };
    }

    private StageResult sendOutput(LogRecord record, StageResult result, OutgoingRecord output, Refusals<?> refusals) {
        try {
            sink.send(output);
            return result;
        } catch (RecordTooLargeException e) {
            StageResult.Failed small = refusals.withoutContents(output, e);
            log(record, small, refusals.stage());
            sink.send(small.output());
            return small;
        }
    }

    private StageResult sendLetter(StageResult.DeadLettered letter) {
        try {
            sink.send(letter.deadLetter());
        } catch (RecordTooLargeException e) {
            // The headers tell where the record itself still is.
            OutgoingRecord full = letter.deadLetter();
            sink.send(new OutgoingRecord(full.topic(), true, full.key(), full.headers(), new byte[0]));
        }
        if (letter.failure() != null) {
            sink.send(letter.failure());
        }
        return letter;
    }

    private static void log(LogRecord record, StageResult result, String stage) {
        switch (result) {
            case StageResult.Failed failed ->
                LOG.warn(
                        "{}: {} {} failed, {}: {}",
                        stage,
                        record.place(),
                        record.key(),
                        failed.reason(),
                        failed.failure().getDetail());
            case StageResult.DeadLettered letter ->
                LOG.warn("{}: {} was put aside, {}: {}", stage, record.place(), letter.reason(), letter.detail());
            case StageResult.Dropped dropped ->
                LOG.debug("{}: {} {} dropped, {}", stage, record.place(), record.key(), dropped.why());
            case StageResult.Done _, StageResult.PassedAlong _, StageResult.Early _ ->
                LOG.debug("{}: {} {}", stage, record.place(), record.key());
        }
    }
}
