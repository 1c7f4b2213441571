package dev.cooper.modelruntime.storage;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every version of a model in the type it computes in, as complete Hugging Face folders
 * {@code weights/{run}/{policy|reward}/{incarnation}/{number}} under a root that trainers, samplers and scorers share.
 * A version is there whole or not at all.
 */
public final class WeightStore {

    private static final String WEIGHTS = "weights";
    private static final String PINNED = "pinned";
    private static final Pattern PIN = Pattern.compile("(\\d{1,18})\\..+");

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
        return "%s/%s/%s/%d/%d"
                .formatted(
                        WEIGHTS,
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
                            + " is missing; check that all services share cooper.storage-root");
        }
        try {
            requireChecksum(folder, checksums.of(folder), version);
        } catch (IOException e) {
            throw new CooperException(FailureReason.MODEL_FAULT, "cannot read the weights in " + folder + ": " + e, e);
        }
        return folder;
    }

    /**
     * The folder of a version that is there, of its highest incarnation; its bytes are not looked at. Pin the version
     * first if it may be removed while it is read.
     */
    public Optional<Path> locate(String runId, ModelKind kind, long number) {
        return incarnations(runId, kind).reversed().stream()
                .map(incarnation -> incarnation.resolve(Long.toString(number)))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /**
     * Keeps a version until {@link #unpin}, also over restarts and for other processes: a file
     * {@code pinned/{number}.{holder}} beside the incarnations. Pinning again changes nothing.
     *
     * @param holder who needs it, such as {@code export-7}; letters, digits, dot, dash and underscore
     * @return the version's folder; nothing, and nothing is pinned, if the version is not there any more
     */
    public Optional<Path> pin(String runId, ModelKind kind, long number, String holder) {
        Path pin = pin(model(runId, kind), number, holder);
        DurableFiles.writeText(pin, holder + "\n");
        // Looked for afterwards: a removal that does not see the pin has taken the version away before.
        Optional<Path> folder = locate(runId, kind, number);
        if (folder.isEmpty()) {
            DurableFiles.removeFolder(pin);
        }
        return folder;
    }

    /** Ends {@link #pin}. Nothing happens if there is no such pin. */
    public void unpin(String runId, ModelKind kind, long number, String holder) {
        DurableFiles.removeFolder(pin(model(runId, kind), number, holder));
    }

    /** Numbers that somebody has pinned. */
    public Set<Long> pinned(String runId, ModelKind kind) {
        return DurableFiles.children(model(runId, kind).resolve(PINNED)).stream()
                .map(PIN::matcher)
                .filter(Matcher::matches)
                .map(pin -> Long.valueOf(pin.group(1)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Path pin(Path model, long number, String holder) {
        return model.resolve(PINNED).resolve(number + "." + StorageNames.holder(holder));
    }

    /** Bytes that the version takes; 0 if it is not there. */
    public long size(String runId, ModelKind kind, ModelRef version) {
        return DurableFiles.size(folder(runId, kind, version));
    }

    /**
     * Removes old versions, of every incarnation. Version 0 stays, and so do those that are pinned.
     *
     * @param keepLast how many of the highest numbers stay, at least 1
     * @param wanted numbers that stay besides
     */
    public void prune(String runId, ModelKind kind, int keepLast, Set<Long> wanted) {
        List<Path> incarnations = incarnations(runId, kind);
        List<Long> numbers = incarnations.stream()
                .flatMap(incarnation -> DurableFiles.numberedFolders(incarnation).stream())
                .distinct()
                .sorted()
                .toList();
        Set<Long> pinned = pinned(runId, kind);
        for (long number : numbers.subList(0, Math.max(0, numbers.size() - Math.max(1, keepLast)))) {
            if (number != 0 && !wanted.contains(number) && !pinned.contains(number)) {
                incarnations.forEach(incarnation -> DurableFiles.removeFolder(
                        incarnation.resolve(Long.toString(number)),
                        () -> !pinned(runId, kind).contains(number)));
            }
        }
    }

    /** Removes all versions of all models of a run that has ended, pinned or not. */
    public void delete(String runId) {
        DurableFiles.removeFolder(root.resolve(WEIGHTS).resolve(StorageNames.run(runId)));
    }

    private Path model(String runId, ModelKind kind) {
        return root.resolve(WEIGHTS).resolve(StorageNames.run(runId)).resolve(StorageNames.kind(kind));
    }

    /** Folders of the incarnations, lowest first. */
    private List<Path> incarnations(String runId, ModelKind kind) {
        Path model = model(runId, kind);
        return DurableFiles.numberedFolders(model).stream()
                .map(incarnation -> model.resolve(Long.toString(incarnation)))
                .toList();
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
