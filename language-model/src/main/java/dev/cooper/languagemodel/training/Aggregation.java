package dev.cooper.languagemodel.training;

/**
 * How the losses of tokens become one number; each is a sum of tokens over a denominator that is counted for the whole
 * step.
 */
public enum Aggregation {
    /** Mean over all tokens of the step (DAPO). Denominator: tokens. */
    TOKEN_MEAN,
    /** Mean over sequences of their token means (GRPO as published). Denominator: sequences. */
    SEQUENCE_MEAN,
    /** Mean over sequences of their token sums over a constant length (Dr. GRPO). Denominator: sequences. */
    SEQUENCE_SUM
}
