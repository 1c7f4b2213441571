package dev.cooper.cli.experiment;

import java.time.Duration;

/** Waiting between two looks at something. */
final class Pause {
    private Pause() {}

    static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an experiment waits", e);
        }
    }
}
