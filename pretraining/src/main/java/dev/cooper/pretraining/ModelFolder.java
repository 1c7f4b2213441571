package dev.cooper.pretraining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that a made model is written to. */
final class ModelFolder {
    private ModelFolder() {}

    /**
     * Makes a folder, unless it is there.
     *
     * @throws IllegalArgumentException if it holds something other than a model made here
     */
    static void prepare(Path folder) throws IOException {
        if (Files.exists(folder) && !Files.exists(folder.resolve(PretrainingReport.FILE))) {
            checkEmpty(folder);
        }
        Files.createDirectories(folder);
    }

    private static void checkEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " is a file; give a folder for the model");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IllegalArgumentException(folder + " is not empty and holds no " + PretrainingReport.FILE
                        + " of an earlier run; give a new folder");
            }
        }
    }
}
