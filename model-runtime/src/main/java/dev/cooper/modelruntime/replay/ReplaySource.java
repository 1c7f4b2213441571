package dev.cooper.modelruntime.replay;

import dev.cooper.modelruntime.replay.RecordedMove.Trained;
import dev.cooper.platform.failure.CooperException;
import java.util.List;

/** The archive of a run, for one of its models. */
public interface ReplaySource {

    /**
     * All that was done to the model, in the order in which the run did it. Steps that trained it without an update are
     * among them.
     *
     * @throws CooperException naming the file, if the archive cannot be read
     */
    List<RecordedMove> moves();

    /**
     * The records of the step's manifest in the order of their slots. Read for one step at a time, and not kept.
     *
     * @throws CooperException naming the file, if the archive lacks the step, is truncated or cannot be read
     */
    List<FrozenRecord> records(Trained step);
}
