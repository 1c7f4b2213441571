package dev.cooper.languagemodel.sampling;

/** Why a completion ended. */
public enum FinishReason {
    /** An end-of-text token was drawn; it is the completion's last token. */
    STOP,
    /** The allowed number of tokens, or the model's context, was used up. */
    LENGTH
}
