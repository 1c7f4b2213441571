package dev.cooper.perturbation.assistant;

/**
 * What was written.
 *
 * @param text without white space around it; may be empty
 * @param truncated whether it ended because its limit was reached
 * @param writer name of who wrote it
 */
public record Rewrite(String text, boolean truncated, String writer) {}
