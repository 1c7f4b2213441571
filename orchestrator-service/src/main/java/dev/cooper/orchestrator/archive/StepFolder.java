package dev.cooper.orchestrator.archive;

import dev.cooper.orchestrator.file.DurableFile;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.line.Sha256;
import dev.cooper.proto.v1.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The folder of an archived step. Its {@code manifest.json} is written last: without it nothing else counts. */
record StepFolder(Path folder) {

    static final String SCORED = "scored.parquet";
    static final String PAIRS = "pairs.parquet";
    static final String RECORDS = "records.parquet";

    private static final String MANIFEST = "manifest.json";
    private static final String UNFINISHED = ".tmp";

    boolean isWhole() {
        return Files.exists(folder.resolve(MANIFEST));
    }

    /** Where a file is written before it gets its name. */
    Path unfinished(String name) {
        return folder.resolve(name + UNFINISHED);
    }

    /** SHA-256 of the unfinished files of these names. */
    Map<String, String> sums(Iterable<String> names) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        for (String name : names) {
            sums.put(name, Sha256.hex(unfinished(name)));
        }
        return sums;
    }

    /** Gives all files their names, the manifest's last. */
    void publish(ArchiveManifest manifest) throws IOException {
        for (String name : manifest.files().keySet()) {
            DurableFile.publish(unfinished(name), folder.resolve(name));
        }
        DurableFile.settle(folder);
        DurableFile.write(folder.resolve(MANIFEST), manifest.toJson());
        DurableFile.settle(folder);
    }

    /** @throws CooperException INTERNAL, naming the file, when it cannot be read */
    ArchiveManifest manifest() {
        Path file = folder.resolve(MANIFEST);
        try {
            return ArchiveManifest.parse(Files.readString(file));
        } catch (IOException | RuntimeException e) {
            throw damaged(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A file whose bytes are those that were archived; empty when the step has no such file.
     *
     * @throws CooperException INTERNAL, naming the file, when it is missing or has other bytes
     */
    Optional<Path> checked(ArchiveManifest manifest, String name) {
        return Optional.ofNullable(manifest.files().get(name)).map(expected -> checked(folder.resolve(name), expected));
    }

    private static Path checked(Path file, String expected) {
        String found;
        try {
            found = Sha256.hex(file);
        } catch (IOException e) {
            throw damaged(file, "cannot be read: " + e, e);
        }
        if (!found.equals(expected)) {
            throw damaged(file, "has SHA-256 " + found + ", but was archived with " + expected, null);
        }
        return file;
    }

    static CooperException damaged(Path file, String what, @Nullable Throwable cause) {
        return new CooperException(
                FailureReason.INTERNAL,
                "the archive's file " + file + " " + what + ": it was changed or damaged; put it back from a backup."
                        + " Training goes on without it, but this step cannot be shown or replayed",
                cause);
    }
}
