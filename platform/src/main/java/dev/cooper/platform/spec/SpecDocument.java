package dev.cooper.platform.spec;

import dev.cooper.platform.failure.BadInputException;
import dev.cooper.platform.failure.BadInputException.FieldProblem;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The text of a specification as a tree: one map of fields, in YAML or JSON, in which no key stands twice. */
public final class SpecDocument {

    /** Of a parser that was told to keep the text to itself: "[Source: REDACTED ...]" and the like. */
    private static final Pattern START_MARKER = Pattern.compile(" \\(start marker at \\[.*]\\)");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SpecDocument() {}

    /**
     * The fields of a YAML document.
     *
     * @throws BadInputException if the text is no YAML, saying where, or no map of fields
     */
    public static JsonNode yaml(String text) {
        return parse(YAML, "YAML", text);
    }

    /**
     * The fields of a JSON document.
     *
     * @throws BadInputException if the text is no JSON, saying where, or no map of fields
     */
    public static JsonNode json(String text) {
        return parse(JSON, "JSON", text);
    }

    /**
     * The text of a request's body: Spring would read YAML without a charset as Latin-1.
     *
     * @throws CooperException BAD_INPUT if it is not in UTF-8
     */
    public static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new CooperException(
                    FailureReason.BAD_INPUT, "the specification is not in UTF-8; save it as UTF-8", e);
        }
    }

    private static JsonNode parse(ObjectMapper mapper, String language, String text) {
        JsonNode document;
        try {
            document = mapper.readTree(text);
        } catch (JacksonException e) {
            throw bad("is not readable as " + language + ": " + where(e.getLocation()) + inWords(e));
        }
        if (document.isMissingNode() || document.isNull()) {
            throw bad("the specification is empty");
        }
        if (!document.isObject()) {
            throw bad("the specification must be a map of fields such as `steps: 100`, got a " + language + " "
                    + document.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return document;
    }

    private static String where(TokenStreamLocation location) {
        return location.getLineNr() < 1
                ? ""
                : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }

    /** The parser's words without its excerpts of the text, which it indents, and without its notes on its source. */
    private static String inWords(JacksonException e) {
        return START_MARKER
                .matcher(String.valueOf(e.getOriginalMessage()))
                .replaceAll("")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .map(String::strip)
                .collect(Collectors.joining(", "));
    }

    private static BadInputException bad(String message) {
        return new BadInputException(List.of(new FieldProblem("", message)));
    }
}
