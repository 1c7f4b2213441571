package dev.cooper.reward;

import dev.cooper.platform.failure.CooperException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the scorer.
 *
 * @param batchTokens most tokens that are computed at once; scores of a deterministic run are equal only with an equal
 *     number
 * @param queue unfinished groups at which the topic is paused; at least a step's share is best
 */
@ConfigurationProperties(prefix = "cooper.scoring", ignoreUnknownFields = false)
public record ScoringSettings(
        @DefaultValue("8192") int batchTokens,
        @DefaultValue("512") int queue) {

    public ScoringSettings {
        requirePositive("cooper.scoring.batch-tokens", batchTokens);
        requirePositive("cooper.scoring.queue", queue);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw CooperException.badInput(name, name + " must be at least 1, is " + value);
        }
    }
}
