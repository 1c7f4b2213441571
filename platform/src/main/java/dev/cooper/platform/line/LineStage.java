package dev.cooper.platform.line;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.GroupReader.Accepted;
import dev.cooper.platform.line.GroupReader.PassedOver;
import dev.cooper.platform.line.GroupReader.Unreadable;
import dev.cooper.proto.v1.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stage of the line that maps record by record. Each record of a current group gives exactly one record of the same
 * group: its result, or its failure with a reason, so that every group closes. Pure: the answer depends on the record,
 * the rule and the work alone; duplicates give equal answers.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public final class LineStage<I extends MessageLite, O extends MessageLite> {

    private static final Logger LOG = LoggerFactory.getLogger(LineStage.class);

    private final String name;
    private final GroupMessage<I> input;
    private final GroupMessage<O> output;
    private final GroupWork<I, O> work;
    private final GroupReader<I> reader;
    private final Refusals<O> refusals;

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
        this.refusals = new Refusals<>(name, output);
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
            case Unreadable<I> unreadable -> refusals.deadLetter(unreadable, record);
        };
    }

    /**
     * What becomes of a record that stayed {@link StageResult.Early} although all control there is has been read: since
     * control is written before the requests it announces, nobody steers such a group.
     */
    public StageResult unannounced(LogRecord record, GroupHeaders headers) {
        return refusals.deadLetter(reader.unannounced(record, headers), record);
    }

    /** How this stage closes groups of which it has nothing to send along. */
    public Refusals<O> refusals() {
        return refusals;
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
        } catch (CooperException e) {
            return failed(message, e);
        } catch (RuntimeException e) {
            LOG.error("{}: a fault while working on {}", name, headers, e);
            return failed(message, CooperException.of(e));
        }
    }

    private StageResult failed(I message, CooperException thrown) {
        Failure failure = thrown.toFailure(name);
        return new StageResult.Failed(output.record(work.failed(message, failure)), failure);
    }

    private static void requireSameGroup(GroupHeaders headers, OutgoingRecord done) {
        if (!GroupHeaders.parse(done.headers()).sameGroup(headers)) {
            throw new IllegalStateException("the stage answered for another group: " + done.headers());
        }
    }
}
