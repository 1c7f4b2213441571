package dev.cooper.platform.line;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.line.GroupReader.Unreadable;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;

/**
 * How a stage closes a group of which it has nothing to send along.
 *
 * @param stage where on the line, as failures and metrics name it
 * @param output what the stage writes
 */
public record Refusals<O extends MessageLite>(String stage, GroupMessage<O> output) {

    /** The record goes to the dead letters, and the group fails if the headers tell which it is. */
    public StageResult.DeadLettered deadLetter(Unreadable<?> unreadable, LogRecord record) {
        GroupHeaders headers = unreadable.headers();
        OutgoingRecord lost = null;
        if (headers != null) {
            lost = lost(
                    headers,
                    Failure.newBuilder()
                            .setReason(FailureReason.BAD_INPUT)
                            .setDetail("record " + record.place() + " could not be read: " + unreadable.detail())
                            .setStage(stage)
                            .build());
        }
        return new StageResult.DeadLettered(unreadable.deadLetter(), unreadable.reason(), unreadable.detail(), lost);
    }

    /** The group's failure without its contents, to be sent instead of a record that the log refused as too large. */
    public StageResult.Failed withoutContents(OutgoingRecord refused, RecordTooLargeException tooLarge) {
        GroupHeaders headers = GroupHeaders.parse(refused.headers());
        Failure failure = tooLarge.toFailure(stage);
        return new StageResult.Failed(lost(headers, failure), failure);
    }

    /** The result of a group that this message ends: done, or failed if that is what the message tells. */
    public StageResult ended(O message) {
        OutgoingRecord record = output.record(message);
        return output.failure(message)
                .<StageResult>map(failure -> new StageResult.Failed(record, failure))
                .orElseGet(() -> new StageResult.Done(record));
    }

    /** The result of a group that failed before this stage, and that this message passes along. */
    public StageResult passedAlong(O message) {
        Failure failure = output.failure(message)
                .orElseThrow(() -> new IllegalArgumentException("what is passed along has failed, but this has not"));
        return new StageResult.PassedAlong(output.record(message), failure.getReason());
    }

    private OutgoingRecord lost(GroupHeaders headers, Failure failure) {
        return output.record(output.lost(headers.toGroupId(), failure));
    }
}
