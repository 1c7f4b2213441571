package dev.cooper.orchestrator.archive;

import java.util.List;
import java.util.Optional;

/**
 * A group of an archived step: its problem, its completions and the record of the log that held them.
 *
 * @param rewardVersion who scored; empty in mode rule
 * @param failure why the group failed, such as {@code TIMEOUT: ...}; empty when it did not, and it has no completions
 *     then
 */
public record ArchivedGroup(
        int slot,
        ArchivedProblem problem,
        long policyVersion,
        Optional<Long> rewardVersion,
        String failure,
        ArchivedPlace place,
        List<ArchivedCompletion> completions) {
    public ArchivedGroup {
        completions = List.copyOf(completions);
    }
}
