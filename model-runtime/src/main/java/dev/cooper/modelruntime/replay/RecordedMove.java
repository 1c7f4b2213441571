package dev.cooper.modelruntime.replay;

import dev.cooper.proto.v1.ModelRef;

/** What a run did to one of its models, as it was recorded. */
public sealed interface RecordedMove {

    long step();

    /** The version that the model was at afterwards. */
    ModelRef after();

    /**
     * A step was trained.
     *
     * @param base the version that the update started from
     * @param after the version that it made; the base if the batch taught nothing
     * @param batchSha256 as {@link dev.cooper.modelruntime.trainer.PreparedUpdate#batchSha256}
     */
    record Trained(long step, ModelRef base, ModelRef after, String batchSha256) implements RecordedMove {

        /** Whether the batch taught anything. */
        public boolean updated() {
            return base.getNumber() != after.getNumber();
        }
    }

    /**
     * The run went back: the weights and the optimizer of an older version became the next one.
     *
     * @param held the older version
     * @param after the new number, with the checksum of the older one
     */
    record Adopted(long step, ModelRef held, ModelRef after) implements RecordedMove {}
}
