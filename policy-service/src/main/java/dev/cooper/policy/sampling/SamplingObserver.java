package dev.cooper.policy.sampling;

import java.time.Duration;

/** Is told of every batch. */
@FunctionalInterface
public interface SamplingObserver {

    /**
     * A batch ended.
     *
     * @param completions those drawn to their end
     * @param tokens in them
     * @param duration from the first prompt's reading on
     */
    void sampled(int completions, long tokens, Duration duration);
}
