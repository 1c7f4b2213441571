package dev.cooper.orchestrator.run;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a run, for its followers.
 *
 * @param sequence counts from 1 over the installation; 0 before the ledger gave it one
 * @param type in the past tense, such as StepCommitted
 * @param data numbers, strings, lists and maps of them
 */
public record RunEvent(long sequence, String runId, long step, String type, Instant at, Map<String, Object> data) {
    static RunEvent of(Run run, long step, String type, Instant at, Map<String, Object> data) {
        return new RunEvent(0, run.id(), step, type, at, data);
    }
}
