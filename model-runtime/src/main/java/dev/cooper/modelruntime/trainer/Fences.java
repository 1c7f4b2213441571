package dev.cooper.modelruntime.trainer;

import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.proto.v1.ModelKind;
import java.util.HashMap;
import java.util.Map;

/** The highest fence seen of each run, on disk too: whoever comes with a lower one no longer steers the run. */
final class Fences {

    private final CheckpointStore store;
    private final ModelKind kind;
    private final Map<String, Long> highest = new HashMap<>();

    Fences(CheckpointStore store, ModelKind kind) {
        this.store = store;
        this.kind = kind;
    }

    /** @throws PreconditionException if a higher one was seen */
    synchronized void admit(String runId, long fence) {
        long seen = highest.computeIfAbsent(runId, run -> store.fence(run, kind));
        if (fence < seen) {
            throw PreconditionException.staleFence(fence, seen);
        }
        if (fence > seen) {
            store.raiseFence(runId, kind, fence);
            highest.put(runId, fence);
        }
    }

    /** The highest one that this trainer was shown; 0 for none. */
    synchronized long of(String runId) {
        return highest.getOrDefault(runId, 0L);
    }
}
