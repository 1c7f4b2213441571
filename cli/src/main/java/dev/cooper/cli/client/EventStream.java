package dev.cooper.cli.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Server-sent events, one at a time. Comments, which keep the connection open, are passed over. */
public final class EventStream implements AutoCloseable {
    private final BufferedReader lines;
    private final Function<String, RunEventView> parse;

    EventStream(InputStream body, Function<String, RunEventView> parse) {
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        this.parse = parse;
    }

    /**
     * Waits for the next event; empty when the server has ended the stream.
     *
     * @throws IOException if the connection broke
     */
    public Optional<RunEventView> next() throws IOException {
        StringBuilder data = new StringBuilder();
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                return Optional.empty();
            }
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring("data:".length()).stripLeading());
            } else if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(parse.apply(data.toString()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
