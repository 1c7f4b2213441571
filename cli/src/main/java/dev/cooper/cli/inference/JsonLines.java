package dev.cooper.cli.inference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSONL file, read line by line: one object each. */
public final class JsonLines implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final BufferedReader reader;
    private int number;

    private JsonLines(Path file, BufferedReader reader) {
        this.file = file;
        this.reader = reader;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if it cannot be read
     */
    public static JsonLines open(Path file) throws IOException {
        return new JsonLines(file, Files.newBufferedReader(file, StandardCharsets.UTF_8));
    }

    /** Lines that come in on a stream; messages call it {@code name}. */
    public static JsonLines read(InputStream input, String name) {
        // A decoder of its own reports bytes that are no UTF-8, as that of a file does.
        var decoded = new InputStreamReader(input, StandardCharsets.UTF_8.newDecoder());
        return new JsonLines(Path.of(name), new BufferedReader(decoded));
    }

    /**
     * The next line, if there is one.
     *
     * @throws InvalidLineException if it is no JSON object
     */
    public Optional<JsonLine> next() throws IOException {
        number++;
        String line;
        try {
            line = reader.readLine();
        } catch (CharacterCodingException _) {
            throw invalid("it, or one soon after it, is not UTF-8; write the file in UTF-8");
        }
        return line == null ? Optional.empty() : Optional.of(parse(line));
    }

    private JsonLine parse(String line) {
        if (line.isBlank()) {
            throw invalid("it is blank; every line is one JSON object, so that the answers stand at the same lines");
        }
        try {
            JsonNode object = MAPPER.readTree(line);
            if (!object.isObject()) {
                throw invalid("it is not a JSON object");
            }
            return new JsonLine(file, number, object);
        } catch (JacksonException e) {
            throw invalid("it is not JSON: " + e.getOriginalMessage());
        }
    }

    private InvalidLineException invalid(String reason) {
        return new InvalidLineException(file, number, reason);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
