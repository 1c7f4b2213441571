package dev.cooper.reward.annotation;

import dev.cooper.modelruntime.endpoint.EndpointOptions;
import java.nio.file.Path;

/** Where a language model is. */
public sealed interface ModelChoice {

    /** What labels call the model. */
    String model();

    /**
     * A folder in Hugging Face layout, computed in this process.
     *
     * @param chat whether a prompt becomes a user's turn in the model's chat template
     * @param dtype what is computed in
     * @param rows texts that are written at the same time
     * @param contextLength longest prompt with its text, in tokens; 0 for all that the model has
     * @param deterministic computes so that a text does not depend on what else is written beside it
     */
    record Checkpoint(Path folder, boolean chat, DataType dtype, int rows, int contextLength, boolean deterministic)
            implements ModelChoice {
        @Override
        public String model() {
            return String.valueOf(folder.getFileName());
        }
    }

    /** A server with chat completions as OpenAI has them. */
    record Endpoint(EndpointOptions options) implements ModelChoice {
        @Override
        public String model() {
            return options.model();
        }
    }

    /** What a checkpoint is computed in. */
    enum DataType {
        FLOAT32,
        BFLOAT16,
        /** What the weights are stored in; they are mapped and not read. */
        STORED
    }
}
