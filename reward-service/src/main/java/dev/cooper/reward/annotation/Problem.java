package dev.cooper.reward.annotation;

/**
 * A problem that completions are wanted of.
 *
 * @param id names it in its file
 * @param answer the reference
 * @param type kind of the answer, and {@code subtype} a finer one; empty if the file does not say
 */
record Problem(String id, String question, String answer, String type, String subtype) {}
