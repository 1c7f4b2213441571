package dev.cooper.modelruntime.trainer;

import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.TrainResult;
import java.nio.file.Path;

/**
 * A checkpoint that was read and found intact.
 *
 * @param folder what {@link TrainableModelFactory#resume} reads
 * @param version the version that it holds
 * @param initialChecksum checksum of the run's version 0
 * @param lastAnswer the update that made the version, so that it is not made twice
 */
record Checkpoint(Path folder, ModelRef version, String initialChecksum, Answer lastAnswer) {

    /**
     * What an update was asked and answered.
     *
     * @param base the version that it started from
     * @param manifestSha256 SHA-256 of the manifest message
     */
    record Answer(ModelRef base, String manifestSha256, TrainResult result) {}
}
