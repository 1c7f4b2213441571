package dev.cooper.orchestrator.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Puts a file in place so that after a crash it is there whole or not at all. */
public final class DurableFile {

    private DurableFile() {}

    /**
     * Moves a finished file to its name, on the same file system, replacing what was there; {@link #settle} its folder.
     */
    public static void publish(Path finished, Path name) throws IOException {
        sync(finished, StandardOpenOption.WRITE);
        Files.move(finished, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns when the names in this folder would survive a crash. */
    public static void settle(Path folder) throws IOException {
        sync(folder, StandardOpenOption.READ);
    }

    /** Writes a text under a temporary name and publishes it. */
    public static void write(Path name, String text) throws IOException {
        Path temporary = name.resolveSibling(name.getFileName() + ".tmp");
        Files.writeString(temporary, text, StandardCharsets.UTF_8);
        publish(temporary, name);
    }

    /** Returns when the bytes of this file would survive a crash. */
    public static void sync(Path file) throws IOException {
        sync(file, StandardOpenOption.WRITE);
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
