package dev.cooper.modelruntime.trainer;

import java.util.Map;

/** A batch that is ready to be trained on, for the model that prepared it, as it is now. */
public interface PreparedUpdate {

    /** SHA-256 over the batch in the order of (slot, sample), lower-case hex; no arrival order or time of day in it. */
    String batchSha256();

    /** False if the batch would leave the model as it is: no usable group, or no advantage that is not zero. */
    boolean teaches();

    /** What is known before the update: rewards, lengths, shares. */
    Map<String, Double> metrics();

    /**
     * Changes model, optimizer and schedule. If it throws, the model is in no known state and must be closed.
     *
     * @return what is known after the update: loss, KL, gradient norm
     */
    Map<String, Double> apply();

    /**
     * After {@link #apply}: false if what came out was not good enough and was undone, so that model, optimizer and
     * schedule are as they were before.
     */
    default boolean kept() {
        return true;
    }
}
