package dev.cooper.platform.stream;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.control.ControlBoard;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.kafka.ControlReader;
import dev.cooper.platform.line.AdmissionRule;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.GroupMessage;
import dev.cooper.platform.line.GroupReader;
import dev.cooper.platform.line.GroupWork;
import dev.cooper.platform.line.LineStage;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.RecordSink;
import dev.cooper.platform.line.Refusals;
import dev.cooper.platform.line.StageResult;
import dev.cooper.platform.line.TopicNames;
import dev.cooper.platform.tracing.GroupSpan;
import dev.cooper.proto.v1.FailureReason;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.messaging.Message;

/**
 * Where a service joins the line: makes the functions that Spring Cloud Stream binds to a topic. A function returns
 * when its output is in the log, and only then may the offset of its input be committed.
 */
public final class Line {

    /** Control is usually here within this time; only then is the topic's end asked for. */
    private static final Duration USUAL_DELAY = Duration.ofMillis(300);

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private static final int USUAL_CAPACITY = 512;

    private final ControlBoard board;
    private final ControlReader control;
    private final StageSender sender;
    private final Telling telling;
    private final TopicNames names;
    private final Containers containers;

    Line(
            ControlBoard board,
            ControlReader control,
            RecordSink sink,
            Telling telling,
            TopicNames names,
            Containers containers) {
        this.board = board;
        this.control = control;
        this.sender = new StageSender(sink);
        this.telling = telling;
        this.names = names;
        this.containers = containers;
    }

    /**
     * A stage that maps record by record.
     *
     * @param name where on the line: verifying, scoring
     */
    public <I extends MessageLite, O extends MessageLite> Consumer<Message<byte[]>> stage(
            String name, GroupMessage<I> input, GroupMessage<O> output, GroupWork<I, O> work) {
        LineStage<I, O> stage = new LineStage<>(name, input, output, work, board);
        return message -> run(stage, LogRecordConverter.recordOf(message));
    }

    /** As {@link #queue(String, GroupMessage, GroupMessage, int)} with room for {@value #USUAL_CAPACITY} groups. */
    public <I extends MessageLite, O extends MessageLite> WorkQueue<I, O> queue(
            String name, GroupMessage<I> input, GroupMessage<O> output) {
        return queue(name, input, output, USUAL_CAPACITY);
    }

    /**
     * A queue of work for a stage that takes several groups at a time and finishes them in any order. Its binding needs
     * {@code ack-mode: MANUAL}.
     *
     * @param name where on the line: sampling
     * @param capacity unfinished groups at which the topic is paused
     */
    public <I extends MessageLite, O extends MessageLite> WorkQueue<I, O> queue(
            String name, GroupMessage<I> input, GroupMessage<O> output, int capacity) {
        return queue(name, input, output, capacity, board);
    }

    /**
     * As {@link #queue(String, GroupMessage, GroupMessage, int)} for a stage that has a rule of its own which groups
     * are to be worked on.
     */
    public <I extends MessageLite, O extends MessageLite> WorkQueue<I, O> queue(
            String name, GroupMessage<I> input, GroupMessage<O> output, int capacity, AdmissionRule rule) {
        String topic = names.name(input.topic());
        WorkQueue<I, O> queue = new WorkQueue<>(
                new GroupReader<>(input, rule::concerns, rule),
                new Refusals<>(name, output),
                new WorkQueue.Surroundings(rule, control, sender, telling),
                new WorkQueue.Bound(capacity, () -> containers.pause(topic), () -> containers.resume(topic)));
        containers.onLosing(topic, queue::lose);
        return queue;
    }

    private void run(LineStage<?, ?> stage, LogRecord record) {
        Optional<GroupSpan> span = GroupHeaders.read(record.headers())
                .map(group -> telling.tracing().begin(stage.name(), record, group));
        try (LogScope _ = span.map(GroupSpan::enter).orElseGet(() -> LogScope.of(Map.of()))) {
            telling.workers().watch(Thread.currentThread().getName(), Thread.currentThread(), () -> true);
            Timer.Sample started = telling.metrics().start();
            StageResult result = sender.send(record, resultOf(stage, record), stage.refusals());
            telling.metrics().finished(stage.name(), stage.from(), result, started);
            span.ifPresent(working -> working.end(result));
        } finally {
            telling.workers().forget(Thread.currentThread().getName());
        }
    }

    private StageResult resultOf(LineStage<?, ?> stage, LogRecord record) {
        StageResult first = stage.process(record);
        if (!(first instanceof StageResult.Early(var headers))) {
            return first;
        }
        try {
            board.await(headers, USUAL_DELAY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CooperException(FailureReason.CANCELLED, "interrupted while waiting for control", e);
        }
        StageResult second = stage.process(record);
        if (!(second instanceof StageResult.Early)) {
            return second;
        }
        control.catchUp(LONGEST_DELAY);
        StageResult third = stage.process(record);
        return third instanceof StageResult.Early ? stage.unannounced(record, headers) : third;
    }
}
