package dev.cooper.platform.line;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record as it was read from the log. The value is shared, not copied: nobody writes to it.
 *
 * @param key empty when the record has none
 * @param headers UTF-8 text; the last one wins where a name is repeated
 * @param forgery why no service of this installation has written it; null when one has, or when nobody asks
 */
@SuppressWarnings(
        "ArrayRecordComponent") // equality is by content, and a copy of every value would cost more than it protects
public record LogRecord(
        Topic topic,
        int partition,
        long offset,
        String key,
        Map<String, String> headers,
        byte[] value,
        @Nullable String forgery) {

    public LogRecord {
        headers = Map.copyOf(headers);
    }

    /** A record of whose writer there is no doubt. */
    public LogRecord(Topic topic, int partition, long offset, String key, Map<String, String> headers, byte[] value) {
        this(topic, partition, offset, key, headers, value, null);
    }

    /** SHA-256 of the value, lower-case hex. */
    public String sha256() {
        return Sha256.hex(value);
    }

    /** Where it stands, such as {@code prompts/2/17}. */
    public String place() {
        return topic.suffix() + "/" + partition + "/" + offset;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogRecord that
                && topic == that.topic
                && partition == that.partition
                && offset == that.offset
                && key.equals(that.key)
                && headers.equals(that.headers)
                && Arrays.equals(value, that.value)
                && Objects.equals(forgery, that.forgery);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset);
    }

    @Override
    public String toString() {
        return place() + " " + key + " " + headers + " " + value.length + " bytes";
    }
}
