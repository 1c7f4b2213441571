package dev.cooper.reward.scoring;

import java.time.Duration;
import java.util.Optional;

/** Where verified groups come from, one by one, those that control wants scored now. */
@FunctionalInterface
public interface VerifiedSource {

    /** The next group; waits for one at most so long. */
    Optional<VerifiedWork> poll(Duration atMost) throws InterruptedException;
}
