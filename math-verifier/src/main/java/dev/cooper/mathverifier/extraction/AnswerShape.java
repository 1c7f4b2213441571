package dev.cooper.mathverifier.extraction;

/** Tells answers from prose, as the reader of answers sees it. Pure, and cheap: it is asked a few times a text. */
@FunctionalInterface
public interface AnswerShape {

    /** Whether the text, which is trimmed and not empty, can be read as one answer. */
    boolean isAnswer(String text);

    /** The same text for answers that say the same in other signs, as far as that is cheap to see. */
    default String plain(String text) {
        return text;
    }
}
