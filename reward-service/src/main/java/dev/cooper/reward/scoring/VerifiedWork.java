package dev.cooper.reward.scoring;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.ScoredGroup;
import dev.cooper.proto.v1.VerifiedGroup;

/** A group to be scored. Whoever took it ends it once, in any order and by any thread. */
public interface VerifiedWork {

    VerifiedGroup group();

    /** Whether control still wants the group. */
    boolean isCurrent();

    /**
     * Sends the group's scores or failure, and acknowledges the verified group once the log holds it.
     *
     * @throws CooperException if the log did not take it; the group is then not finished and may be tried again
     */
    void finish(ScoredGroup outcome);

    /** As {@link #finish} for a group that had failed before it came here. */
    void passAlong(ScoredGroup outcome);

    /** Acknowledges the group without an answer, because nobody waits for one. */
    void drop();
}
