package dev.cooper.modelruntime.storage;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Every version of a model in the type it computes in, as complete Hugging Face folders
 * {@code weights/{run}/{policy|reward}/{incarnation}/{number}} under a root that trainers, samplers and scorers share.
 * A version is there whole or not at all.
 */
public final class WeightStore {

    private final Path root;
    private final FolderChecksum checksums;

    /**
     * A store.
     *
     * @param root the storage root; the store is its folder {@code weights}
     */
    public WeightStore(Path root, FolderChecksum checksums) {
        this.root = root.toAbsolutePath().normalize();
        this.checksums = checksums;
    }

    /** Where the version is, relative to the storage root: what messages carry. */
    public String location(String runId, ModelKind kind, ModelRef version) {
        return "weights/%s/%s/%d/%d"
                .formatted(
                        StorageNames.run(runId),
                        StorageNames.kind(kind),
                        version.getIncarnation(),
                        version.getNumber());
    }

    /** The version's folder, whether it is there or not. */
    public Path folder(String runId, ModelKind kind, ModelRef version) {
        return root.resolve(location(runId, kind, version));
    }

    /**
     * Stores the version. One that is there already with the right checksum stays; with another checksum it is what an
     * update left that nobody was told of, and is replaced.
     *
     * @throws CooperException NO_CAPACITY if the disk is full, MODEL_FAULT if what was written is not the version
     */
    public void publish(String runId, ModelKind kind, ModelRef version, FolderWriter writer) {
        Path folder = folder(runId, kind, version);
        if (holds(folder, version)) {
            return;
        }
        DurableFiles.writeFolder(folder, unfinished -> {
            writer.writeTo(unfinished);
            requireChecksum(unfinished, checksums.of(unfinished), version);
        });
    }

    /** Whether the version is there and has its checksum. Reads all of its bytes. */
    public boolean holds(String runId, ModelKind kind, ModelRef version) {
        return holds(folder(runId, kind, version), version);
    }

    /**
     * The folder of a version that is there and has its checksum.
     *
     * @throws CooperException MODEL_FAULT, naming the folder, if it is missing, cannot be read or is another version
     */
    public Path open(String runId, ModelKind kind, ModelRef version) {
        Path folder = folder(runId, kind, version);
        if (!Files.isDirectory(folder)) {
            throw new CooperException(
                    FailureReason.MODEL_FAULT,
                    "version " + version.getNumber() + " is not in the weight store: " + folder
                            + " is missing; check that trainer and sampler share cooper.storage-root");
        }
        try {
            requireChecksum(folder, checksums.of(folder), version);
        } catch (IOException e) {
            throw new CooperException(FailureReason.MODEL_FAULT, "cannot read the weights in " + folder + ": " + e, e);
        }
        return folder;
    }

    /**
     * Removes old versions, of every incarnation.
     *
     * @param keepLast how many of the highest numbers stay, at least 1
     * @param pinned numbers that stay besides; the initial version 0 always does
     */
    public void prune(String runId, ModelKind kind, int keepLast, Set<Long> pinned) {
        Path model = root.resolve("weights").resolve(StorageNames.run(runId)).resolve(StorageNames.kind(kind));
        List<Path> incarnations = DurableFiles.numberedFolders(model).stream()
                .map(incarnation -> model.resolve(Long.toString(incarnation)))
                .toList();
        List<Long> numbers = new ArrayList<>(incarnations.stream()
                .flatMap(incarnation -> DurableFiles.numberedFolders(incarnation).stream())
                .distinct()
                .sorted()
                .toList());
        List<Long> old = numbers.subList(0, Math.max(0, numbers.size() - Math.max(1, keepLast)));
        for (long number : old) {
            if (number != 0 && !pinned.contains(number)) {
                incarnations.stream()
                        .map(incarnation -> incarnation.resolve(Long.toString(number)))
                        .filter(Files::isDirectory)
                        .forEach(DurableFiles::removeFolder);
            }
        }
    }

    private boolean holds(Path folder, ModelRef version) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try {
            return checksums.of(folder).equals(version.getChecksum());
        } catch (IOException | RuntimeException e) {
            // What cannot be read is not the version; whoever needs it writes it again or says so.
            return false;
        }
    }

    private static void requireChecksum(Path folder, String found, ModelRef version) {
        if (!found.equals(version.getChecksum())) {
            throw new CooperException(
                    FailureReason.MODEL_FAULT,
                    "the weights in " + folder + " have checksum " + found + ", but version " + version.getNumber()
                            + " has " + version.getChecksum() + ": the files were changed or damaged");
        }
    }
}
