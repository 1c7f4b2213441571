package dev.cooper.pretraining.problems;

/**
 * A written solution.
 *
 * @param text the text, which ends in the boxed answer
 * @param style how it is written
 * @param answer the number in the box, right or wrong
 */
public record Solution(String text, Style style, int answer) {}
