package dev.cooper.platform.line;

import java.time.Duration;
import java.util.Optional;

/**
 * Where groups come from, one by one, those that control wants worked on now.
 *
 * @param <I> the message that comes in
 * @param <O> the message that goes out
 */
@FunctionalInterface
public interface WorkSource<I, O> {

    /** The next group; waits for one at most so long. */
    Optional<? extends Work<I, O>> poll(Duration atMost) throws InterruptedException;
}
