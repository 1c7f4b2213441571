package dev.cooper.cli.evaluation;

import dev.cooper.cli.inference.JsonLine;
import dev.cooper.cli.inference.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A completion that people judged, as VerifyBench writes it.
 *
 * @param question what was asked
 * @param reference the answer that is right
 * @param completion what was answered
 * @param correct what people said of it
 * @param type kind of the answer, such as "Numeric Values"; empty if the file does not say
 */
public record LabelledAnswer(String question, String reference, String completion, boolean correct, String type) {

    /**
     * Reads JSON lines with the keys question, answer, completion, gold_correct and, if there, answer_type.
     *
     * @throws dev.cooper.cli.inference.InvalidLineException for the first line that lacks one of them
     */
    public static List<LabelledAnswer> read(Path file) throws IOException {
        List<LabelledAnswer> answers = new ArrayList<>();
        try (JsonLines lines = JsonLines.open(file)) {
            for (Optional<JsonLine> line = lines.next(); line.isPresent(); line = lines.next()) {
                answers.add(of(line.get()));
            }
        }
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("--data: " + file + " has no line; give labelled completions");
        }
        return answers;
    }

    private static LabelledAnswer of(JsonLine line) {
        return new LabelledAnswer(
                line.requiredText("question"),
                line.requiredText("answer"),
                line.requiredText("completion"),
                label(line),
                line.text("answer_type").orElse(""));
    }

    private static boolean label(JsonLine line) {
        JsonNode label = line.object().path("gold_correct");
        if (!label.isBoolean()) {
            throw line.invalid("gold_correct is %s; it must be true or false".formatted(label));
        }
        return label.booleanValue();
    }
}
