package dev.cooper.platform.line;

import com.google.protobuf.MessageLite;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.Failure;

/**
 * What one stage does with one group. May be called again for the same group, and then answers the same.
 *
 * @param <I> the message it takes
 * @param <O> the message it gives
 */
public interface GroupWork<I extends MessageLite, O extends MessageLite> {

    /**
     * The work on a group that has not failed so far.
     *
     * @throws CooperException when the group cannot be worked on: it fails with that reason
     */
    O process(I input);

    /** The group as failed, here or before. */
    O failed(I input, Failure failure);

    /** Whether groups like this one concern the stage; by default all do. */
    default boolean wants(GroupHeaders headers) {
        return true;
    }
}
