package dev.cooper.policy.sampling;

import java.time.Duration;
import java.util.Optional;

/** Where prompts come from, one by one, those that control wants sampled now. */
@FunctionalInterface
public interface PromptSource {

    /** The next prompt; waits for one at most so long. */
    Optional<PromptWork> poll(Duration atMost) throws InterruptedException;
}
