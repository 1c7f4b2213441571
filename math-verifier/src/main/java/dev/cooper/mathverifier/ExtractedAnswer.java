package dev.cooper.mathverifier;

import java.util.Objects;

/** The answer as it stood in the text, trimmed, and where it was found. */
public record ExtractedAnswer(String text, AnswerSource source) {
    public ExtractedAnswer {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(source, "source");
    }
}
