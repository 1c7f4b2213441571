package dev.cooper.platform.line;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one kind of group message from records, and admits only what control wants worked on. Pure: what it answers
 * depends on the record and the rule alone.
 *
 * @param <I> the message
 */
public final class GroupReader<I extends MessageLite> {

    /** Why a record is in the dead-letter topic: a {@link DeadLetterReason} and what exactly was wrong. */
    public static final String ERROR_HEADER = "cooper-error";
    /** Where a dead letter was read: topic, partition and offset. */
    public static final String SOURCE_HEADER = "cooper-source";

    private final GroupMessage<I> input;
    private final Predicate<GroupHeaders> wanted;
    private final AdmissionRule rule;

    /**
     * A reader.
     *
     * @param wanted groups that concern the reader at all; others are passed over whatever control says
     */
    public GroupReader(GroupMessage<I> input, Predicate<GroupHeaders> wanted, AdmissionRule rule) {
        this.input = input;
        this.wanted = wanted;
        this.rule = rule;
    }

    /** What a record turned out to be. */
    public sealed interface Read<I extends MessageLite> {}

    /** A group to work on. */
    public record Accepted<I extends MessageLite>(GroupHeaders headers, I message) implements Read<I> {}

    /** Not to be worked on, by nobody ever or not here. */
    public record PassedOver<I extends MessageLite>(GroupHeaders headers, DropReason why) implements Read<I> {}

    /** Control has not arrived yet: read it again later. */
    public record Early<I extends MessageLite>(GroupHeaders headers) implements Read<I> {}

    /**
     * Cannot be read.
     *
     * @param headers of the group, when at least they can be read
     */
    public record Unreadable<I extends MessageLite>(
            OutgoingRecord deadLetter,
            DeadLetterReason reason,
            String detail,
            @Nullable GroupHeaders headers) implements Read<I> {}

    public Read<I> read(LogRecord record) {
        if (record.forgery() != null) {
            // No failure for the group: whoever forges records must not be able to end groups either.
            return unreadable(record, DeadLetterReason.FORGED, record.forgery(), null);
        }
        GroupHeaders headers;
        try {
            headers = GroupHeaders.parse(record.headers());
        } catch (IllegalArgumentException e) {
            return unreadable(record, DeadLetterReason.UNREADABLE_HEADERS, String.valueOf(e.getMessage()), null);
        }
        if (!wanted.test(headers)) {
            return new PassedOver<>(headers, DropReason.NOT_FOR_THIS_STAGE);
        }
        return switch (rule.admit(headers)) {
            case STALE -> new PassedOver<>(headers, DropReason.STALE);
            case AHEAD -> new Early<>(headers);
            case CURRENT -> parse(record, headers);
        };
    }

    private Read<I> parse(LogRecord record, GroupHeaders headers) {
        try {
            I message = input.parse(record.value());
            GroupHeaders inside =
                    GroupHeaders.of(input.group(message), input.failure(message).orElse(null));
            if (inside.equals(repeats(record) ? asFirstAsked(headers, inside) : headers)) {
                return new Accepted<>(headers, message);
            }
            return unreadable(
                    record,
                    DeadLetterReason.HEADERS_DISAGREE,
                    "the value is of " + inside + ", the headers of " + headers,
                    headers);
        } catch (InvalidProtocolBufferException e) {
            return unreadable(record, DeadLetterReason.UNREADABLE_VALUE, String.valueOf(e.getMessage()), headers);
        } catch (IllegalArgumentException e) {
            return unreadable(record, DeadLetterReason.UNREADABLE_VALUE, "in the value, " + e.getMessage(), headers);
        }
    }

    private static boolean repeats(LogRecord record) {
        return ScoredAs.read(record.headers()).isPresent();
    }

    /** A record that repeats another was asked for by a later attempt, and perhaps fence, than its value tells of. */
    private static GroupHeaders asFirstAsked(GroupHeaders headers, GroupHeaders inside) {
        return new GroupHeaders(
                headers.runId(),
                headers.step(),
                headers.slot(),
                inside.attempt(),
                inside.fence(),
                headers.purpose(),
                headers.failure());
    }

    /** Puts a record aside that stayed {@link Early} although all control there is has been read. */
    public Unreadable<I> unannounced(LogRecord record, GroupHeaders headers) {
        // No failure for the group: whoever steers the run does not know of it.
        return unreadable(record, DeadLetterReason.UNANNOUNCED, "control never announced " + headers, null);
    }

    private Unreadable<I> unreadable(
            LogRecord record, DeadLetterReason reason, String detail, @Nullable GroupHeaders headers) {
        Map<String, String> all = new HashMap<>(record.headers());
        all.put(ERROR_HEADER, reason + ": " + detail);
        all.put(SOURCE_HEADER, record.place());
        OutgoingRecord letter = new OutgoingRecord(record.topic(), true, record.key(), all, record.value());
        return new Unreadable<>(letter, reason, detail, headers);
    }
}
