package dev.cooper.policy.sampling;

import dev.cooper.platform.line.DeadLetterReason;
import dev.cooper.platform.line.DropReason;
import dev.cooper.proto.v1.FailureReason;
import java.time.Duration;

/** Is told what sampling does; counts it, or does nothing. */
public interface SamplingObserver {

    /** Watches nothing. */
    SamplingObserver NONE = new SamplingObserver() {};

    /** A batch ended. */
    default void sampled(int completions, long tokens, Duration duration) {}

    /** A group's rollouts are in the log. */
    default void completed() {}

    /** A group's failure is in the log. */
    default void failed(FailureReason reason) {}

    /** A record was passed over. */
    default void dropped(DropReason reason) {}

    /** A record could not be read. */
    default void deadLettered(DeadLetterReason reason) {}
}
