package dev.cooper.cli.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a local platform keeps everything in, held by one process at a time.
 *
 * <p>The operating system drops the lock when the process ends, however it ends, so a killed platform leaves nothing to
 * clean up.
 */
final class DataFolder implements AutoCloseable {
    private static final String LOCK = "cooper.lock";

    private final Path root;
    private final FileChannel channel;

    private DataFolder(Path root, FileChannel channel) {
        this.root = root;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be and takes it.
     *
     * @throws CannotStartException if another process holds it, or it cannot be written
     */
    static DataFolder take(Path root) {
        FileChannel channel = openLockFile(root);
        try {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = holder(channel);
                channel.close();
                throw new CannotStartException("the data folder " + root + " is in use by another Cooper" + holder
                        + "; stop that one, or name another folder with --data");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
            return new DataFolder(root, channel);
        } catch (IOException e) {
            throw new CannotStartException("cannot lock the data folder " + root + ": " + e, e);
        }
    }

    private static FileChannel openLockFile(Path root) {
        try {
            Files.createDirectories(root);
            return FileChannel.open(
                    root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CannotStartException(
                    "cannot write in the data folder " + root + " (" + e + "); name another one with --data", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM.
            return null;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        String pid = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
        return pid.isEmpty() ? "" : " (process " + pid + ")";
    }

    Path root() {
        return root;
    }

    Path broker() {
        return root.resolve("kafka");
    }

    Path database() {
        return root.resolve("postgres");
    }

    /** Weights, checkpoints and archives. */
    Path storage() {
        return root.resolve("storage");
    }

    Path logFile() {
        return root.resolve("logs").resolve("cooper.log");
    }

    /** Deletes what the folder holds; it stays taken. */
    void clear() {
        try (Stream<Path> entries = Files.walk(root)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                if (!entry.equals(root) && !entry.equals(root.resolve(LOCK))) {
                    Files.delete(entry);
                }
            }
        } catch (IOException e) {
            throw new CannotStartException("cannot clear the data folder " + root + ": " + e, e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
