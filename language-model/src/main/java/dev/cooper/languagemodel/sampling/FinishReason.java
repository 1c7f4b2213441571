package dev.cooper.languagemodel.sampling;

/** Why a completion ended. */
public enum FinishReason {
    /** Its last token is an end-of-text token, or completes a stop string. */
    STOP,
    /** The allowed number of tokens, or the model's context, was used up. */
    LENGTH
}
