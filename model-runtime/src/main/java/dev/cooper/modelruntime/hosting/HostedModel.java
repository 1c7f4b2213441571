package dev.cooper.modelruntime.hosting;

import java.io.IOException;
import java.nio.file.Path;

/** A model that serves. Used by one thread at a time. */
public interface HostedModel extends AutoCloseable {

    /** Takes the weights of another version of the same model. If it throws, the model is to be closed. */
    void takeWeights(Path folder) throws IOException;

    /** Checksum of the weights as they are in memory. */
    String checksum();

    @Override
    void close();
}
