package dev.cooper.pretraining.corpus;

/**
 * One text to learn from.
 *
 * @param prompt what is given; no loss is taken on it
 * @param completion what is learned, without the end token
 */
public record Example(String prompt, String completion) {}
