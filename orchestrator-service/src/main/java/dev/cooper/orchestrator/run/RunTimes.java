package dev.cooper.orchestrator.run;

import java.time.Instant;
import java.util.Optional;

/** When a run was created, began and ended. */
public record RunTimes(Instant createdAt, Optional<Instant> startedAt, Optional<Instant> finishedAt) {}
