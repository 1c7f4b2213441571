package dev.cooper.mathverifier;

/** Where in a text the answer stood, in the order of precedence. */
public enum AnswerSource {
    /** Inside {@code \boxed{..}}, {@code \fbox{..}} or {@code \framebox{..}}. */
    BOXED,
    /** After {@code ####}, as the references of GSM8K write it. */
    HASHES,
    /** After "final answer is", "Final Answer:" and the like. */
    FINAL_ANSWER,
    /** After "the answer is", "answer:" and the like. */
    ANSWER_PHRASE,
    /** The whole text is an answer, or its last sentence says in words that there is none. */
    WHOLE_TEXT,
    /** The choice that begins a text: {@code A. Because ..}. */
    CHOICE,
    /** In bold, in the last paragraph of a text that marks no answer. */
    BOLD,
    /** The last formula between math delimiters, in a text that marks no answer. */
    LAST_FORMULA,
    /** The last number, with what belongs to it, in the prose of a text that marks no answer. */
    LAST_NUMBER;

    /** Whether the text says of this that it is the answer. */
    public boolean isMarked() {
        return switch (this) {
            case BOXED, HASHES, FINAL_ANSWER, ANSWER_PHRASE -> true;
            case WHOLE_TEXT, CHOICE, BOLD, LAST_FORMULA, LAST_NUMBER -> false;
        };
    }
}
