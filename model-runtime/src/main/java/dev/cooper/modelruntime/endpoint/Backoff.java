package dev.cooper.modelruntime.endpoint;

import dev.cooper.languagemodel.random.CounterRandom;
import java.time.Duration;

/**
 * How often and after what pauses something is tried again: pauses double, are bounded, and are shortened by up to a
 * half by chance, so that many who failed together do not come back together.
 *
 * @param maxRetries after the first try; 0 for none
 * @param first pause before the first retry
 * @param longest no pause is longer, whatever was asked for
 */
public record Backoff(int maxRetries, Duration first, Duration longest) {

    private static final int MOST_DOUBLINGS = 20;

    public Backoff {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("max-retries must be at least 0, is " + maxRetries);
        }
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the back-off must be above 0 and at most the longest one, are " + first + " and " + longest);
        }
    }

    /** How a caller waits; {@code Thread::sleep} but in tests. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** Whether the try of that number, from 0, may be followed by another. */
    public boolean mayRetry(int failedTry) {
        return failedTry < maxRetries;
    }

    /**
     * The pause after a failed try.
     *
     * @param failedTry its number, from 0
     * @param key of the chance, different for each of those that fail together
     */
    public Duration after(int failedTry, long key) {
        Duration doubled = bounded(first.multipliedBy(1L << Math.min(failedTry, MOST_DOUBLINGS)));
        return Duration.ofNanos((long) (doubled.toNanos() * (1 - CounterRandom.uniform(key, failedTry) / 2)));
    }

    /** The pause, or the longest one that is allowed. */
    public Duration bounded(Duration pause) {
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}
