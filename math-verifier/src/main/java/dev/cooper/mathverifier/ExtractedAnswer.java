package dev.cooper.mathverifier;

import java.util.Objects;

/**
 * The answer as it stood in the text, trimmed, and where it was found.
 *
 * @param offset the index of its first character in the text (in UTF-16 units); of the first of several
 */
public record ExtractedAnswer(String text, AnswerSource source, int offset) {
    public ExtractedAnswer {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(source, "source");
        if (offset < 0) {
            throw new IllegalArgumentException("offset must not be negative, but is " + offset);
        }
    }
}
