package dev.cooper.orchestrator.webhook;

import dev.cooper.orchestrator.run.RunEvent;

/**
 * An event that somebody may want to be told of.
 *
 * @param attempt which one this is, from 1
 */
public record Notice(RunEvent event, int attempt) {}
