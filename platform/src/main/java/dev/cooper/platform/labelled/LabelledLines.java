package dev.cooper.platform.labelled;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lines of a file of labelled completions.
 *
 * @param field what errors call the place where the file is named
 */
record LabelledLines(String field, Path file) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads the file to its end, for its hash is that of all its bytes.
     *
     * @param limit lines that are looked at, from the first; 0 for all
     * @return SHA-256 of the whole file, lower-case hex
     * @throws CooperException BAD_INPUT, naming field, file and line
     */
    String read(int limit, Consumer<LabelledExample> examples) {
        MessageDigest digest = newSha256();
        int number = 0;
        try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest);
                // A decoder of its own reports bytes that are no UTF-8.
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (limit == 0 || number <= limit) {
                    examples.accept(example(number, parse(number, line)));
                }
            }
        } catch (NoSuchFileException e) {
            throw missing(e);
        } catch (CharacterCodingException e) {
            throw invalid(number + 1, "it, or one soon after it, is not UTF-8; write the file in UTF-8", e);
        } catch (IOException e) {
            throw invalid(file + " cannot be read: " + e, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private JsonNode parse(int number, String line) {
        if (line.isBlank()) {
            throw invalid(number, "it is blank; every line is one JSON object", null);
        }
        try {
            JsonNode object = JSON.readTree(line);
            if (object.isObject()) {
                return object;
            }
        } catch (JacksonException e) {
            throw invalid(number, "it is not JSON: " + e.getOriginalMessage(), e);
        }
        throw invalid(number, "it is not a JSON object", null);
    }

    private LabelledExample example(int number, JsonNode object) {
        // First, for what else has questions and answers, such as a file of problems, lacks the label.
        boolean correct = label(number, object);
        return new LabelledExample(
                text(number, object, "question"),
                text(number, object, "answer"),
                text(number, object, "completion"),
                correct,
                object.hasNonNull("answer_type") ? text(number, object, "answer_type") : "");
    }

    private String text(int number, JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isString()) {
            throw invalid(number, shown(key, value) + "; it must be a text", null);
        }
        return value.stringValue();
    }

    private boolean label(int number, JsonNode object) {
        JsonNode value = object.path("gold_correct");
        if (!value.isBoolean()) {
            throw invalid(number, shown("gold_correct", value) + "; it must be true or false", null);
        }
        return value.booleanValue();
    }

    private static String shown(String key, JsonNode value) {
        return value.isMissingNode() ? "it has no " + key : key + " is " + value;
    }

    /** @throws CooperException BAD_INPUT for an empty list */
    List<LabelledExample> requireSome(List<LabelledExample> examples) {
        if (examples.isEmpty()) {
            throw invalid(file + " has no line; give labelled completions", null);
        }
        return examples;
    }

    CooperException missing(@Nullable Exception cause) {
        return invalid(
                "there is no file " + file + "; give JSON lines with question, answer, completion and gold_correct",
                cause);
    }

    private CooperException invalid(String why, @Nullable Exception cause) {
        return new CooperException(FailureReason.BAD_INPUT, why, cause, field);
    }

    private CooperException invalid(int line, String why, @Nullable Exception cause) {
        return invalid(file + ", line " + line + ": " + why, cause);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
