package dev.cooper.platform.line;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * A record to be written to the log. The value is shared, not copied: nobody writes to it.
 *
 * @param deadLetter whether it goes to the topic's dead-letter topic
 */
@SuppressWarnings(
        "ArrayRecordComponent") // equality is by content, and a copy of every value would cost more than it protects
public record OutgoingRecord(Topic topic, boolean deadLetter, String key, Map<String, String> headers, byte[] value) {

    public OutgoingRecord {
        headers = Map.copyOf(headers);
    }

    /** SHA-256 of the value, lower-case hex. */
    public String sha256() {
        return Sha256.hex(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutgoingRecord that
                && topic == that.topic
                && deadLetter == that.deadLetter
                && key.equals(that.key)
                && headers.equals(that.headers)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, deadLetter, key, headers, Arrays.hashCode(value));
    }

    @Override
    public String toString() {
        return topic.suffix() + (deadLetter ? ".dlq " : " ") + key + " " + headers + " " + value.length + " bytes";
    }
}
