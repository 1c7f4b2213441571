package dev.cooper.platform.line;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupReader.Accepted;
import dev.cooper.platform.line.GroupReader.PassedOver;
import dev.cooper.platform.line.GroupReader.Unreadable;
import dev.cooper.proto.v1.Failure;
import dev.cooper.proto.v1.FailureReason;

/**
 * A stage of the line that maps record by record. Each record of a current group gives exactly one record of the same
 * group: its result, or its failure with a reason, so that every group closes. Pure: the answer depends on the record,
 * the rule and the work alone; duplicates give equal answers.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public final class LineStage<I extends MessageLite, O extends MessageLite> {

    private final String name;
    private final GroupMessage<I> input;
    private final GroupMessage<O> output;
    private final GroupWork<I, O> work;
    private final GroupReader<I> reader;

    /**
     * A stage.
     *
     * @param name where on the line, as failures and metrics name it: verifying, scoring
     */
    public LineStage(
            String name, GroupMessage<I> input, GroupMessage<O> output, GroupWork<I, O> work, AdmissionRule rule) {
        this.name = name;
        this.input = input;
        this.output = output;
        this.work = work;
        this.reader = new GroupReader<>(input, work::wants, rule);
    }

    public String name() {
        return name;
    }

    public Topic from() {
        return input.topic();
    }

    public Topic to() {
        return output.topic();
    }

    /** What becomes of the record. Sends nothing and throws nothing but errors of the virtual machine. */
    public StageResult process(LogRecord record) {
        return switch (reader.read(record)) {
            case Accepted<I>(GroupHeaders headers, I message) -> work(headers, message);
            case PassedOver<I>(GroupHeaders _, DropReason why) -> new StageResult.Dropped(why);
            case GroupReader.Early<I>(GroupHeaders headers) -> new StageResult.Early(headers);
            case Unreadable<I> unreadable -> deadLetter(unreadable, record);
        };
    }

    /**
     * The result to send instead of one that the log refused as too large: the group's failure without its contents. A
     * failure that was itself too large loses its contents, too.
     */
    public StageResult withoutContents(OutgoingRecord refused, RecordTooLargeException tooLarge) {
        GroupHeaders headers = GroupHeaders.parse(refused.headers());
        return new StageResult.Failed(lost(headers, tooLarge.toFailure(name)), FailureReason.BAD_INPUT, tooLarge);
    }

    private StageResult work(GroupHeaders headers, I message) {
        Failure before = input.failure(message).orElse(null);
        if (before != null) {
            return new StageResult.PassedAlong(output.record(work.failed(message, before)), before.getReason());
        }
        try {
            OutgoingRecord done = output.record(work.process(message));
            requireSameGroup(headers, done);
            return new StageResult.Done(done);
        } catch (RuntimeException e) {
            CooperException failure = CooperException.of(e);
            return new StageResult.Failed(
                    output.record(work.failed(message, failure.toFailure(name))), failure.reason(), e);
        }
    }

    private StageResult deadLetter(Unreadable<I> unreadable, LogRecord record) {
        GroupHeaders headers = unreadable.headers();
        if (headers == null) {
            return new StageResult.DeadLettered(
                    unreadable.deadLetter(), unreadable.reason(), unreadable.detail(), null);
        }
        Failure failure = Failure.newBuilder()
                .setReason(FailureReason.BAD_INPUT)
                .setDetail("record " + record.place() + " could not be read: " + unreadable.detail())
                .setStage(name)
                .build();
        return new StageResult.DeadLettered(
                unreadable.deadLetter(), unreadable.reason(), unreadable.detail(), lost(headers, failure));
    }

    private OutgoingRecord lost(GroupHeaders headers, Failure failure) {
        return output.record(output.lost(headers.toGroupId(), failure));
    }

    private static void requireSameGroup(GroupHeaders headers, OutgoingRecord done) {
        if (!GroupHeaders.parse(done.headers()).sameGroup(headers)) {
            throw new IllegalStateException("the stage answered for another group: " + done.headers());
        }
    }
}
