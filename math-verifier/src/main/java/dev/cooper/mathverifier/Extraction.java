package dev.cooper.mathverifier;

import java.util.List;

/** What looking for the answer in a text came to. */
sealed interface Extraction {

    /** At least one answer; more than one only for boxes whose texts differ. In the order of the text. */
    record Found(List<ExtractedAnswer> answers) implements Extraction {
        public Found {
            answers = List.copyOf(answers);
        }

        static Found of(String text, AnswerSource source) {
            return new Found(List.of(new ExtractedAnswer(text, source)));
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
