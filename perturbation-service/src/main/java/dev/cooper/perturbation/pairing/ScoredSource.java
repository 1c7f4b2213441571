package dev.cooper.perturbation.pairing;

import java.time.Duration;
import java.util.Optional;

/** Where scored groups come from, one by one, those whose pairs are wanted now. */
@FunctionalInterface
public interface ScoredSource {

    /** The next group; waits for one at most so long. */
    Optional<ScoredWork> poll(Duration atMost) throws InterruptedException;
}
