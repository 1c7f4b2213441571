package dev.cooper.languagemodel.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Files that are either whole or absent after a crash: written under a temporary name, synced, renamed, the folder
 * synced.
 */
public final class DurableFile {
    /** Makes temporary names differ. */
    private static final AtomicLong WRITTEN = new AtomicLong();

    private DurableFile() {}

    /** Fills a file that is open for writing. */
    @FunctionalInterface
    public interface Content {
        /** Writes all content at the channel's position. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /** Writes a file, in place of one of the same name if there is one. */
    public static void write(Path file, Content content) throws IOException {
        Path folder = parent(file);
        Files.createDirectories(folder);
        Path temporary = createTemporary(folder, file.getFileName().toString());
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(folder);
    }

    /**
     * With the rights that the process gives its files: {@link Files#createTempFile} would let nobody but its owner
     * read what other services load.
     */
    private static Path createTemporary(Path folder, String name) throws IOException {
        while (true) {
            Path temporary = folder.resolve(
                    ".%s.%d-%d.partial".formatted(name, ProcessHandle.current().pid(), WRITTEN.incrementAndGet()));
            try {
                return Files.createFile(temporary);
            } catch (FileAlreadyExistsException _) {
                // Left by a process of the same number, or in use by one on another machine: another name will do.
            }
        }
    }

    /** Writes bytes. */
    public static void write(Path file, byte[] bytes) throws IOException {
        write(file, channel -> writeFully(channel, ByteBuffer.wrap(bytes)));
    }

    /** Writes text in UTF-8. */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a finished folder its name, which nothing may have yet. */
    public static void rename(Path temporaryFolder, Path folder) throws IOException {
        sync(temporaryFolder);
        Files.move(temporaryFolder, folder, StandardCopyOption.ATOMIC_MOVE);
        sync(parent(folder));
    }

    static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException(path + " has no parent folder");
        }
        return parent;
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
