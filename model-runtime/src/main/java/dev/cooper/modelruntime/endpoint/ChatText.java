package dev.cooper.modelruntime.endpoint;

/**
 * What an endpoint wrote.
 *
 * @param text as it came; may be empty
 * @param truncated whether it ended because its limit was reached
 */
public record ChatText(String text, boolean truncated) {}
