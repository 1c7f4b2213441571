package dev.cooper.reward.annotation;

import dev.cooper.platform.failure.CooperException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of JSON lines that only grows. An appended line survives the end of this process, and after {@link #sync} that
 * of the machine; one that was cut off is dropped when the file is opened again. One process has it at a time; its
 * threads may append together.
 */
final class LineFile<T> implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final Path path;
    private final Class<T> type;
    private final FileChannel channel;

    private LineFile(Path path, Class<T> type, FileChannel channel) {
        this.path = path;
        this.type = type;
        this.channel = channel;
    }

    /**
     * Opens or makes the file.
     *
     * @throws CooperException BAD_INPUT if another process has it
     */
    static <T> LineFile<T> open(Path path, Class<T> type) throws IOException {
        // Not through FileChannel.open: a torn line is found from the end.
        FileChannel channel = new RandomAccessFile(path.toFile(), "rw").getChannel();
        try {
            if (channel.tryLock() == null) {
                throw inUse(path);
            }
            channel.truncate(endOfLines(channel));
            channel.position(channel.size());
            return new LineFile<>(path, type, channel);
        } catch (OverlappingFileLockException _) {
            channel.close();
            throw inUse(path);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static CooperException inUse(Path path) {
        return CooperException.badInput(
                "out", path + " is being written by another annotation; wait for its end, or give another folder");
    }

    private static long endOfLines(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    /** Adds a line. */
    synchronized void append(T line) {
        ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Returns when all lines would survive a loss of power. */
    void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private UncheckedIOException cannotWrite(IOException e) {
        return new UncheckedIOException("cannot write to " + path + "; free some space, then start again", e);
    }

    /** Takes a line. */
    @FunctionalInterface
    interface Reader<T, X extends Exception> {
        void read(T line) throws X;
    }

    /** Reads all lines that there are now. */
    <X extends Exception> void read(Reader<T, X> reader) throws IOException, X {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                reader.read(parse(line, number));
            }
        }
    }

    private T parse(String line, int number) {
        try {
            return JSON.readValue(line, type);
        } catch (JacksonException e) {
            throw CooperException.badInput(
                    "out",
                    path + ", line " + number + " is damaged (" + e.getOriginalMessage()
                            + "): delete the line, and it is made again");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
