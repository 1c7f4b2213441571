package dev.cooper.reward.training;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tokens a second and time left, since it was made. */
final class TrainingPace {

    private final InstantSource clock;
    private final Instant start;
    private final int firstStep;
    private long tokens;

    TrainingPace(InstantSource clock, int firstStep) {
        this.clock = clock;
        this.start = clock.instant();
        this.firstStep = firstStep;
    }

    void add(long read) {
        tokens += read;
    }

    double tokensPerSecond() {
        return tokens * 1000.0 / Math.max(1, elapsed().toMillis());
    }

    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    Duration remaining(int step, int steps) {
        return elapsed().multipliedBy(steps - step).dividedBy(Math.max(1, step - firstStep));
    }
}
