package dev.cooper.modelruntime.storage;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes that a crash leaves either done or undone: under a temporary name, synced to the disk, renamed, and the name
 * synced too. What a crash left half done has a name that begins with {@value #UNFINISHED} and counts for nothing.
 */
public final class DurableFiles {

    static final String UNFINISHED = ".unfinished-";
    private static final String REPLACED = UNFINISHED + "replaced-";
    private static final int BLOCK = 1 << 16;

    private DurableFiles() {}

    /**
     * Makes the folder with what the writer puts into it; one that is there already is replaced.
     *
     * @throws CooperException NO_CAPACITY if the disk is full, else INTERNAL; the target is then as it was
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
        } catch (IOException e) {
            throw cannotWrite(target, e);
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
            throw cannotWrite(target, e);
        }
    }

    /** Takes the folder away at once, then its files: a crash in between leaves nothing that looks like the folder. */
    public static void removeFolder(Path target) {
        Path removed = parentOf(target).resolve(REPLACED + target.getFileName());
        try {
            deleteTree(removed);
            Files.move(target, removed, ATOMIC_MOVE);
            deleteTree(removed);
        } catch (IOException e) {
            throw new CooperException(FailureReason.INTERNAL, "cannot remove " + target + ": " + e, e);
        }
    }

    /** The folders in it whose names are numbers, lowest first; none if it is not there. */
    public static List<Long> numberedFolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(Files::isDirectory)
                    .map(child -> child.getFileName().toString())
                    .filter(name -> name.matches("\\d{1,18}"))
                    .map(Long::valueOf)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CooperException(FailureReason.INTERNAL, "cannot list " + folder + ": " + e, e);
        }
    }

    /** SHA-256 of the file's bytes, lower-case hex. */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[BLOCK];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** SHA-256 of the bytes, lower-case hex. */
    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /** SHA-256 of the text in UTF-8, lower-case hex. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
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

    private static CooperException cannotWrite(Path target, IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return new CooperException(
                full ? FailureReason.NO_CAPACITY : FailureReason.INTERNAL,
                "cannot write " + target + (full ? ": the disk is full; free some space" : ": " + e),
                e);
    }
}
