package dev.cooper.platform.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folders that paths in a request may lead to. Links are followed before a path is judged; what is not there yet is
 * judged by the folder that it would be in.
 */
public final class FileRoots {

    private static final Path ALL = Path.of("/");

    private final List<Path> roots;
    private final String setting;

    private FileRoots(List<Path> roots, String setting) {
        this.roots = List.copyOf(roots);
        this.setting = setting;
    }

    /** Every path may be used: the one who names it is the user of this machine. */
    public static FileRoots anywhere() {
        return new FileRoots(List.of(ALL), "");
    }

    /**
     * These folders, and what is below them. The whole file system counts only if it is named as such, and not because
     * a container's working folder is its root.
     *
     * @param setting that adds folders, for people
     */
    public static FileRoots below(List<Path> roots, String setting) {
        List<Path> wanted = roots.stream()
                .map(root -> root.toAbsolutePath().normalize())
                .filter(root -> !root.equals(ALL) || roots.contains(ALL))
                .distinct()
                .toList();
        return new FileRoots(wanted, setting);
    }

    /** Why the path may not be used, if so. Says nothing about what is there. */
    public Optional<String> refusal(Path path) {
        Path real = real(path.toAbsolutePath().normalize());
        if (roots.stream().map(FileRoots::real).anyMatch(real::startsWith)) {
            return Optional.empty();
        }
        String folders = roots.stream().map(Path::toString).collect(Collectors.joining(", "));
        return Optional.of(
                path + " is outside of " + folders + "; put it there, or have its folder added to " + setting);
    }

    private static Path real(Path path) {
        Path existing = path;
        while (!Files.exists(existing) && existing.getParent() != null) {
            if (Files.isSymbolicLink(existing)) {
                // A link to nothing may become a link to anything.
                return path.getRoot();
            }
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(path)).normalize();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be looked up", e);
        }
    }
}
