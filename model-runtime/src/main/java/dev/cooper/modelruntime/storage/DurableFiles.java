package dev.cooper.modelruntime.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes that a crash leaves either done or undone: under a temporary name, synced to the disk, renamed, and the name
 * synced too. What a crash left half done has a name that begins with {@value #UNFINISHED} and counts for nothing.
 */
public final class DurableFiles {

    static final String UNFINISHED = ".unfinished-";
    private static final String REPLACED = UNFINISHED + "replaced-";
    private static final Pattern FULL = Pattern.compile("No space left|[Qq]uota exceeded");

    private DurableFiles() {}

    /**
     * Makes the folder with what the writer puts into it; one that is there already is replaced.
     *
     * @throws CooperException NO_CAPACITY, with the bytes needed and free, if the disk is full, else INTERNAL; the
     *     target is then as it was, and nothing half written is left
     */
    public static void writeFolder(Path target, FolderWriter writer) {
        Path parent = parentOf(target);
        Path unfinished = parent.resolve(UNFINISHED + target.getFileName());
        Path replaced = parent.resolve(REPLACED + target.getFileName());
        try {
            Files.createDirectories(parent);
            deleteTree(unfinished);
            Files.createDirectory(unfinished);
            writer.writeTo(unfinished);
            syncTree(unfinished);
            deleteTree(replaced);
            if (Files.exists(target)) {
                Files.move(target, replaced, ATOMIC_MOVE);
            }
            Files.move(unfinished, target, ATOMIC_MOVE);
            sync(parent);
            deleteTree(replaced);
        } catch (IOException | RuntimeException e) {
            CooperException failure = cannotWrite(target, unfinished, e);
            clear(unfinished, failure);
            throw failure;
        }
    }

    /** Makes or replaces a small text file. */
    public static void writeText(Path target, String text) {
        Path parent = parentOf(target);
        Path unfinished = parent.resolve(UNFINISHED + target.getFileName());
        try {
            Files.createDirectories(parent);
            Files.writeString(unfinished, text);
            sync(unfinished);
            Files.move(unfinished, target, ATOMIC_MOVE);
            sync(parent);
        } catch (IOException e) {
            CooperException failure = cannotWrite(target, unfinished, e);
            clear(unfinished, failure);
            throw failure;
        }
    }

    /**
     * Refuses a write that would not fit, before anything is done for it: filling the disk to its end would also stop
     * whatever else writes to it.
     *
     * @param place folder on the disk in question, there or not
     * @throws CooperException NO_CAPACITY, naming the place and both numbers, if less than that is free
     */
    public static void requireRoom(Path place, long bytes) {
        long free = freeBytes(place);
        if (free < bytes) {
            throw full(place, Long.toString(bytes), free, null);
        }
    }

    /** Bytes of all files in the folder; 0 if it is not there. */
    public static long size(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            long bytes = 0;
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException | UncheckedIOException e) {
            throw new CooperException(FailureReason.INTERNAL, "cannot list " + folder + ": " + e, e);
        }
    }

    /**
     * Takes a folder or file away at once, then what is in it: a crash in between leaves nothing that looks like it,
     * and the next call ends it. One that is not there is left at that.
     */
    public static void removeFolder(Path target) {
        removeFolder(target, () -> true);
    }

    /**
     * As {@link #removeFolder(Path)}, and puts it back if it turns out to be wanted.
     *
     * @param unwanted asked when nobody can find it any more: whoever wants it said so before, or has not found it
     */
    static void removeFolder(Path target, BooleanSupplier unwanted) {
        Path removed = parentOf(target).resolve(REPLACED + target.getFileName());
        try {
            deleteTree(removed);
            if (!Files.exists(target)) {
                return;
            }
            Files.move(target, removed, ATOMIC_MOVE);
            if (unwanted.getAsBoolean()) {
                deleteTree(removed);
            } else {
                Files.move(removed, target, ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new CooperException(FailureReason.INTERNAL, "cannot remove " + target + ": " + e, e);
        }
    }

    /** The folders in it whose names are numbers, lowest first; none if it is not there. */
    public static List<Long> numberedFolders(Path folder) {
        return children(folder).stream()
                .filter(name -> name.matches("\\d{1,18}"))
                .filter(name -> Files.isDirectory(folder.resolve(name)))
                .map(Long::valueOf)
                .sorted()
                .toList();
    }

    /** Names of what is in the folder, in order; none if it is not there. */
    public static List<String> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CooperException(FailureReason.INTERNAL, "cannot list " + folder + ": " + e, e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(root)) {
            deepestFirst =
                    new ArrayList<>(tree.sorted(Comparator.reverseOrder()).toList());
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static void syncTree(Path root) throws IOException {
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.toList();
        }
        for (Path path : all) {
            sync(path);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parentOf(Path target) {
        Path parent = target.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("the root of a file system is no place to write to: " + target);
        }
        return parent;
    }

    private static void clear(Path unfinished, CooperException failure) {
        try {
            deleteTree(unfinished);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static CooperException cannotWrite(Path target, Path unfinished, Exception e) {
        if (isFull(e)) {
            return full(target, "more than " + size(unfinished), freeBytes(parentOf(target)), e);
        }
        return e instanceof CooperException known
                ? known
                : new CooperException(FailureReason.INTERNAL, "cannot write " + target + ": " + e, e);
    }

    private static boolean isFull(@Nullable Throwable e) {
        if (e == null) {
            return false;
        }
        boolean says = e instanceof IOException
                && FULL.matcher(String.valueOf(e.getMessage())).find();
        return says || isFull(e.getCause());
    }

    private static CooperException full(Path place, String needed, long free, @Nullable Throwable cause) {
        return new CooperException(
                FailureReason.NO_CAPACITY,
                "cannot write " + place + ": the disk is full: " + needed + " bytes are needed, " + free
                        + " are free; free some space, then it is tried again",
                cause);
    }

    /** Of the disk that the place is on, or would be. */
    private static long freeBytes(Path place) {
        Path there = place.toAbsolutePath();
        while (!Files.exists(there)) {
            there = parentOf(there);
        }
        try {
            return Files.getFileStore(there).getUsableSpace();
        } catch (IOException e) {
            throw new CooperException(FailureReason.INTERNAL, "cannot tell how much space is free at " + there, e);
        }
    }
}
