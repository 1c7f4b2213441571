package dev.cooper.reward.annotation;

/**
 * What came of an annotation.
 *
 * @param problems whose completions were wanted
 * @param unreadableReferences problems that were left out, for the rule cannot read their reference
 * @param completions that were labelled
 * @param kept those on which rule and judge agree
 * @param withoutRoom completions that were never written, for their prompt fills the model's context
 * @param missing completions without labels, because an endpoint did not answer; a new start asks for them again
 */
public record AnnotationReport(
        long problems,
        long unreadableReferences,
        long completions,
        long kept,
        long withoutRoom,
        long missing,
        Agreement agreement) {}
