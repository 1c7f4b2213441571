package dev.cooper.orchestrator.archive;

import java.util.Optional;

/**
 * All that it takes to train a step again.
 *
 * @param reward there in modes static and cooper
 */
public record ArchivedStep(String runId, long step, ArchivedUpdate policy, Optional<ArchivedUpdate> reward) {}
