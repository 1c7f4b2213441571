package dev.cooper.modelruntime.replay;

import dev.cooper.proto.v1.ModelRef;
import java.util.List;
import java.util.Optional;

/**
 * How far a replay came.
 *
 * @param start the version that it began with
 * @param reached the last version that came out as recorded
 * @param steps those that came out as recorded, in order
 * @param difference the first thing that did not; empty if the model is what the run made, bit for bit
 */
public record ReplayReport(
        ModelRef start, ModelRef reached, List<ReplayedStep> steps, Optional<ReplayDifference> difference) {

    public ReplayReport {
        steps = List.copyOf(steps);
    }

    /** Whether everything came out as recorded. */
    public boolean exact() {
        return difference.isEmpty();
    }
}
