package dev.cooper.orchestrator.archive;

import java.util.List;
import java.util.Optional;

/**
 * A completion of an archived step, with what was said of it.
 *
 * @param tokens how many the policy sampled
 * @param tokenIds of the completion, and one log-probability (nats, under the distribution that was sampled from) each
 * @param score empty in mode rule
 */
public record ArchivedCompletion(
        int sample,
        String text,
        int tokens,
        List<Integer> tokenIds,
        List<Float> logProbs,
        String finishReason,
        String verdict,
        String reason,
        String extractedAnswer,
        String explanation,
        Optional<ArchivedScore> score) {
    public ArchivedCompletion {
        tokenIds = List.copyOf(tokenIds);
        logProbs = List.copyOf(logProbs);
    }
}
