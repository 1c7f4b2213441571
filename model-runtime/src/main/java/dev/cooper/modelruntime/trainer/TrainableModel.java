package dev.cooper.modelruntime.trainer;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.LogRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model with its optimizer, in memory. Used by one thread at a time. */
public interface TrainableModel extends AutoCloseable {

    /**
     * Reads the records of a step into a batch, without changing the model.
     *
     * @param step the step that is being trained
     * @param records the manifest's records in the order of their slots
     * @throws CooperException BAD_INPUT if a record cannot be read
     */
    PreparedUpdate prepare(long step, List<LogRecord> records);

    /**
     * What the model is worth as it is now, by names in docs/metrics.md, if there is something to measure it on. Asked
     * of the initial version; those of a later one come with the update that made it.
     */
    default Map<String, Double> measure() {
        return Map.of();
    }

    /** Checksum of the weights as {@link #save} writes them: the version's checksum. */
    String checksum();

    /** Number of parameters. */
    long parameters();

    /** Writes a complete Hugging Face folder with the weights in the type that they are served in. */
    void save(Path folder) throws IOException;

    /** Writes all that {@link TrainableModelFactory#resume} needs: weights as they are trained, optimizer, schedule. */
    void saveCheckpoint(Path folder) throws IOException;

    @Override
    void close();
}
