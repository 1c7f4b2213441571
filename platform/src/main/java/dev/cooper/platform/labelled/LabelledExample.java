package dev.cooper.platform.labelled;

/**
 * A completion with a label.
 *
 * @param question what was asked
 * @param reference the answer that is right
 * @param completion what was answered
 * @param correct the label
 * @param type kind of the answer, such as "Numeric Values"; empty if the file does not say
 */
public record LabelledExample(String question, String reference, String completion, boolean correct, String type) {}
