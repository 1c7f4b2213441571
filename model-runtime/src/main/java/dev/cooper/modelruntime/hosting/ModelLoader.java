package dev.cooper.modelruntime.hosting;

import java.io.IOException;
import java.nio.file.Path;

/** Loads a model from a folder in Hugging Face layout. */
@FunctionalInterface
public interface ModelLoader<M extends HostedModel> {

    M load(Path folder) throws IOException;
}
