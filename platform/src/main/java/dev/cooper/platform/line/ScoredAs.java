package dev.cooper.platform.line;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in topic {@code scored} the record stands that another record of the topic repeats byte by byte. It is written
 * when the group's pair is asked for again: the value still tells of the attempt (and fence) that made the group, the
 * headers of the attempt that asks for the pair.
 */
public record ScoredAs(int partition, long offset) {

    public static final String HEADER = "cooper-scored-as";

    private static final Pattern PLACE = Pattern.compile("(\\d{1,9})/(\\d{1,18})");

    /**
     * What the headers of a record say; nothing when the record is not a repetition.
     *
     * @throws IllegalArgumentException if the header is there and is not {@code partition/offset}
     */
    public static Optional<ScoredAs> read(Map<String, String> headers) {
        String text = headers.get(HEADER);
        if (text == null) {
            return Optional.empty();
        }
        Matcher place = PLACE.matcher(text);
        if (!place.matches()) {
            throw new IllegalArgumentException("header " + HEADER + " must be partition/offset, is '" + text + "'");
        }
        return Optional.of(new ScoredAs(Integer.parseInt(place.group(1)), Long.parseLong(place.group(2))));
    }

    /** The header's text. */
    public String text() {
        return partition + "/" + offset;
    }
}
