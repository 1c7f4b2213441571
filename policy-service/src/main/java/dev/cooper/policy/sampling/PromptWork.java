package dev.cooper.policy.sampling;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.RolloutGroup;
import dev.cooper.proto.v1.SampleRequest;

/** A prompt to be sampled. Whoever took it finishes or drops it once, in any order. */
public interface PromptWork {

    SampleRequest request();

    /** Whether control still wants the group. */
    boolean isCurrent();

    /**
     * Sends the group's rollouts or failure, and acknowledges the prompt once the log holds it.
     *
     * @throws CooperException if the log did not take it; the prompt is then not finished and may be tried again
     */
    void finish(RolloutGroup outcome);

    /** Acknowledges the prompt without an answer, because nobody waits for one. */
    void drop();
}
