package dev.cooper.orchestrator.dataset;

/**
 * A problem as its data set has it.
 *
 * @param answer the reference as it stands there; a worked solution that ends in {@code #### 18} is one, too
 */
public record ProblemRow(String id, String question, String answer) {}
