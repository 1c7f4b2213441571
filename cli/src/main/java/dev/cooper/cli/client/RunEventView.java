package dev.cooper.cli.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Something that happened to a run.
 *
 * @param sequence what a reader that comes back names, so that it misses nothing
 */
public record RunEventView(
        long sequence,
        String runId,
        long step,
        String type,
        @Nullable Instant at,
        @Nullable JsonNode data) {

    /** A number of the event's data; 0 if there is none of that name. */
    public double number(String name) {
        return data == null ? 0 : data.path(name).asDouble(0);
    }

    /** A text of the event's data; empty if there is none of that name. */
    public String text(String name) {
        return data == null ? "" : data.path(name).asString("");
    }
}
