package dev.cooper.orchestrator.archive;

/**
 * A problem as a step put it.
 *
 * @param prompt the text that the policy continued
 */
public record ArchivedProblem(String id, String question, String reference, String prompt) {}
