package dev.cooper.orchestrator.models;

import dev.cooper.proto.v1.ModelRef;
import java.nio.file.Path;

/**
 * A version that is kept, as a folder in Hugging Face layout.
 *
 * @param bytes of the files of the model
 */
public record StoredModel(ModelRef version, Place place, Path folder, long bytes) {

    /** Where versions are kept. */
    public enum Place {
        /** What samplers and scorers load: the newest ones, as many as the run's settings say, and the initial one. */
        WEIGHTS,
        /** What trainers start from again. */
        CHECKPOINT
    }
}
