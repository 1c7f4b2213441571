package dev.cooper.modelruntime.storage;

import java.io.IOException;
import java.nio.file.Path;

/** What a folder with a model contains, as one number. */
@FunctionalInterface
public interface FolderChecksum {

    /**
     * SHA-256 over names, shapes and bytes of the tensors in the order of their names, lower-case hex.
     *
     * @throws IOException if the folder cannot be read
     */
    String of(Path modelFolder) throws IOException;
}
