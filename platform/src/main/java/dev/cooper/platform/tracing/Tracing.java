package dev.cooper.platform.tracing;

import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.platform.line.LogScope;
import dev.cooper.platform.line.OutgoingRecord;
import dev.cooper.platform.line.StageResult;
import io.grpc.Channel;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executor;

/** What is told of the work on runs while it goes on: to the log always, and as traces when they are on. */
public interface Tracing {

    /** No traces; log lines name what they are about. */
    Tracing OFF = new Tracing() {};

    /**
     * A time that has passed, as a part of a step's trace.
     *
     * @param name such as {@code sampling}
     * @param attributes text or numbers
     */
    record Passed(String name, Instant from, Instant to, Map<String, Object> attributes) {
        public Passed {
            attributes = Map.copyOf(attributes);
        }
    }

    /** Whether traces are made. */
    default boolean isOn() {
        return false;
    }

    /** The work of a stage on the record's group begins. */
    default GroupSpan begin(String stage, LogRecord record, GroupHeaders group) {
        return new GroupSpan() {
            @Override
            public LogScope enter() {
                return LogScope.of(group);
            }

            @Override
            public void end(StageResult result) {}
        };
    }

    /** This thread works for a step: its log lines name it, and what it calls belongs to its trace. */
    default LogScope inStep(String runId, long step) {
        return LogScope.of(runId, step);
    }

    /** The record with headers that say which trace it belongs to; as it is, when it belongs to none. */
    default OutgoingRecord stamp(OutgoingRecord record) {
        return record;
    }

    /** The channel, whose calls belong to the traces that they are made in. */
    default Channel observed(Channel channel) {
        return channel;
    }

    /** What is executed goes on with what the calling thread works on, in the log and in traces. */
    default Executor following(String name, Executor executor) {
        return task -> {
            Map<String, String> names = LogScope.current();
            executor.execute(() -> {
                try (LogScope _ = LogScope.of(names)) {
                    task.run();
                }
            });
        };
    }

    /** A run was asked for, by the call that this thread answers. */
    default void asked(String runId) {}

    /** A step is over. */
    default void stepEnded(String runId, long step, Passed whole) {}

    /** A part of a step is over. */
    default void partEnded(String runId, long step, Passed part) {}
}
