package dev.cooper.orchestrator.archive;

import java.util.List;

/**
 * A group of an archived step: its problem, its completions and the record of the log that held them.
 *
 * @param failure why the group failed, such as {@code TIMEOUT: ...}; empty when it did not, and it has no completions
 *     then
 */
public record ArchivedGroup(
        int slot,
        String problemId,
        String question,
        String reference,
        String prompt,
        long policyVersion,
        String failure,
        String topic,
        int partition,
        long offset,
        String sha256,
        List<ArchivedCompletion> completions) {
    public ArchivedGroup {
        completions = List.copyOf(completions);
    }
}
