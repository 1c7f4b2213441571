package dev.cooper.modelruntime.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Fills an empty folder. */
@FunctionalInterface
public interface FolderWriter {

    void writeTo(Path folder) throws IOException;
}
