package dev.cooper.reward.scoring;

import java.time.Duration;

/** Is told of every batch. */
@FunctionalInterface
public interface ScoringObserver {

    /**
     * A batch was computed.
     *
     * @param groups in it
     * @param completions in them
     * @param tokens that the model read, filling not included
     * @param duration of the computation, the sending of its results not included
     */
    void scored(int groups, int completions, long tokens, Duration duration);
}
