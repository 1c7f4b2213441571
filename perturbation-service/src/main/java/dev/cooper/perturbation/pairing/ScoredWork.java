package dev.cooper.perturbation.pairing;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.DropReason;
import dev.cooper.platform.line.GroupHeaders;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.PairOutcome;
import dev.cooper.proto.v1.ScoredGroup;

/** A scored group to be paired. Whoever took it finishes or drops it once, in any order and on any thread. */
public interface ScoredWork {

    /** The record that it came in. */
    LogRecord record();

    /** Who asks for the pair; the attempt may be a later one than that of the group inside. */
    GroupHeaders headers();

    ScoredGroup group();

    /** Whether control still wants the group's pair. */
    boolean isCurrent();

    /**
     * Sends the outcome, and acknowledges the group once the log holds it.
     *
     * @throws CooperException if the log did not take it; the group is then not finished and may be tried again
     */
    void finish(PairOutcome outcome);

    /** Acknowledges the group without an outcome. */
    void drop(DropReason why);
}
