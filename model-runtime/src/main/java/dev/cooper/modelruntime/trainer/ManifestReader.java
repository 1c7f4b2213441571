package dev.cooper.modelruntime.trainer;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import dev.cooper.proto.v1.Manifest;
import java.util.List;

/** Reads exactly the records that a manifest names. */
@FunctionalInterface
public interface ManifestReader {

    /**
     * One record a reference, in the manifest's order, each as it is in the log; {@link TrainerHost} checks that it is
     * the record that the manifest means.
     *
     * @throws CooperException INTERNAL, naming topic, partition and offset, if a record is gone or not there yet;
     *     TIMEOUT if the log does not answer
     */
    List<LogRecord> read(Manifest manifest);
}
