package dev.cooper.languagemodel.model;

import java.io.IOException;
import java.nio.file.Path;

/** A model that a folder in Hugging Face layout holds. */
public interface FolderModel extends AutoCloseable {
    /** The weights, which this model closes. */
    Weights weights();

    /** Takes the weights of another version of the same architecture, a safetensors file. */
    void loadWeights(Path safetensors) throws IOException;

    /**
     * Writes the folder with weights as float32: configuration, tokenizer files and last the weights, each file whole.
     */
    void save(Path folder) throws IOException;

    @Override
    void close();

    /** {@link dev.cooper.languagemodel.safetensors.Checksum} of the weights as they are now. */
    default String checksum() {
        return weights().checksum();
    }
}
