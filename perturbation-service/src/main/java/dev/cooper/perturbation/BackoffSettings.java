package dev.cooper.perturbation;

import dev.cooper.modelruntime.endpoint.Backoff;
import dev.cooper.platform.failure.CooperException;
import java.time.Duration;

/** Retries as they stand in the settings. */
final class BackoffSettings {

    private BackoffSettings() {}

    /**
     * The back-off of settings below the prefix.
     *
     * @throws CooperException BAD_INPUT if they do not hold
     */
    static Backoff checked(String prefix, int maxRetries, Duration backoff, Duration longestBackoff) {
        try {
            return new Backoff(maxRetries, backoff, longestBackoff);
        } catch (IllegalArgumentException e) {
            throw CooperException.badInput(
                    prefix + ".backoff",
                    prefix + ".max-retries, " + prefix + ".backoff and " + prefix + ".longest-backoff do not hold: "
                            + e.getMessage());
        }
    }
}
