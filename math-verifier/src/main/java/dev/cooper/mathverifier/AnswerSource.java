package dev.cooper.mathverifier;

/** Where in a text the answer stood, in the order of precedence. */
public enum AnswerSource {
    /** Inside {@code \boxed{..}} or {@code \fbox{..}}. */
    BOXED,
    /** After {@code ####}, as the references of GSM8K write it. */
    HASHES,
    /** After "final answer is", "the answer is", "answer:" and the like. */
    ANSWER_PHRASE,
    /** The whole text is an answer. */
    WHOLE_TEXT,
    /** The last formula between math delimiters, in a text that marks no answer. */
    LAST_FORMULA,
    /** The last number in the prose of a text that marks no answer. */
    LAST_NUMBER
}
