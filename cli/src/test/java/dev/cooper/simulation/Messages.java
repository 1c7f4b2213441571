package dev.cooper.simulation;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.cooper.platform.line.LogRecord;

/** Reads messages that the simulation itself has seen written. */
final class Messages {
    private Messages() {}

    static <M> M parse(LogRecord record, Parser<M> parser) {
        try {
            return parser.parseFrom(record.value());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(record.place() + " is no message of its topic", e);
        }
    }
}
