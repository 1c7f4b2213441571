package dev.cooper.orchestrator.api;

import dev.cooper.orchestrator.run.RunProgress;
import java.util.Optional;

/** What the driver of a run knows of it at this moment; empty when another process drives it, or nobody. */
@FunctionalInterface
public interface LiveProgress {
    Optional<RunProgress> of(String runId);
}
