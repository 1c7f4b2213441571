package dev.cooper.mathverifier.extraction;

import dev.cooper.mathverifier.AnswerSource;
import dev.cooper.mathverifier.ExtractedAnswer;
import dev.cooper.mathverifier.IncorrectReason;
import java.util.List;
import java.util.stream.Collectors;

/** What looking for the answer in a text came to. */
public sealed interface Extraction {

    /**
     * At least one answer; more than one only for boxes whose texts differ. In the order of the text.
     *
     * @param together whether several answers stand side by side ({@code \boxed{1} and \boxed{2}}), so that they may be
     *     the elements of one list
     */
    record Found(List<ExtractedAnswer> answers, boolean together) implements Extraction {
        public Found {
            answers = List.copyOf(answers);
            if (answers.isEmpty()) {
                throw new IllegalArgumentException("answers is empty");
            }
        }

        static Found of(String text, AnswerSource source, int offset) {
            return new Found(List.of(new ExtractedAnswer(text, source, offset)), false);
        }

        /** All answers as one list, where they stand side by side. */
        public ExtractedAnswer joined() {
            String text = answers.stream().map(ExtractedAnswer::text).collect(Collectors.joining(", "));
            return new ExtractedAnswer(
                    text, answers.getFirst().source(), answers.getFirst().offset());
        }
    }

    /** A place for an answer, but nothing that can be read there. */
    record Unreadable(IncorrectReason reason, String detail) implements Extraction {
        static Unreadable because(String detail) {
            return new Unreadable(IncorrectReason.UNREADABLE_ANSWER, detail);
        }
    }

    /** No place for an answer. */
    record None() implements Extraction {}
}
