package dev.cooper.orchestrator.archive;

/**
 * What the reward model said of a completion.
 *
 * @param logit its raw output
 * @param score the logit's sigmoid
 */
public record ArchivedScore(double logit, double score) {}
