package dev.cooper.cli.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

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
        return node(name).asDouble(0);
    }

    /** A text of the event's data; empty if there is none of that name. */
    public String text(String name) {
        return node(name).asString("");
    }

    /** The texts of a list of the event's data; none if there is none of that name. */
    public List<String> texts(String name) {
        return node(name).valueStream().map(text -> text.asString("")).toList();
    }

    /** A part of the event's data; missing if there is none of that name. */
    public JsonNode node(String name) {
        return data == null ? MissingNode.getInstance() : data.path(name);
    }
}
