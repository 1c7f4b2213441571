package dev.cooper.orchestrator.models;

import dev.cooper.platform.failure.CooperException;
import dev.cooper.platform.failure.PreconditionException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The versions under the storage root, as trainers write them: {@code weights/{run}/{kind}/{incarnation}/{number}} and
 * {@code checkpoints/{run}/{kind}/{number}}. Old ones go while a run goes on; a file {@code pinned/{number}.{holder}}
 * beside the incarnations keeps one. Thread-safe.
 */
public final class StoredModels {

    private static final String WEIGHTS_FILE = "model.safetensors";
    /** What a checkpoint has beside its model. */
    private static final Set<String> TRAINERS_OWN =
            Set.of("optimizer.safetensors", "trainer.json", "answer.binpb", "probe-best.txt");

    /** Holder of what a user wants kept. */
    private static final String HELD = "user";

    private final Path root;

    public StoredModels(Path storageRoot) {
        this.root = storageRoot.toAbsolutePath().normalize();
    }

    /** A version, where it is; its bytes are not looked at. */
    public Optional<StoredModel> find(String runId, ModelKind kind, ModelRef version) {
        return all(runId, kind, version).stream().findFirst();
    }

    /**
     * Keeps a version's weights until {@link #release}, however many are made after it.
     *
     * @throws PreconditionException when its weights are kept no more
     */
    public void hold(String runId, ModelKind kind, ModelRef version) {
        pin(held(runId, kind, version.getNumber()));
        // Looked for afterwards: a removal that does not see the pin has taken the version away before.
        if (all(runId, kind, version).stream().noneMatch(stored -> stored.place() == StoredModel.Place.WEIGHTS)) {
            release(runId, kind, version.getNumber());
            throw gone(runId, kind, version);
        }
    }

    /** Ends {@link #hold}. Nothing happens when the version is not held. */
    public void release(String runId, ModelKind kind, long number) {
        unpin(held(runId, kind, number));
    }

    /** Whether the version is held. */
    public boolean isHeld(String runId, ModelKind kind, long number) {
        return Files.exists(held(runId, kind, number));
    }

    private Path held(String runId, ModelKind kind, long number) {
        return model("weights", runId, kind).resolve("pinned").resolve(number + "." + HELD);
    }

    /**
     * How far two versions are apart.
     *
     * @throws PreconditionException when one is kept no more
     * @throws CooperException MODEL_FAULT when one cannot be read
     */
    public ParameterDistance distance(String runId, ModelKind kind, ModelRef first, ModelRef second) {
        Path a = weights(runId, kind, first);
        Path b = weights(runId, kind, second);
        try {
            return ParameterDistance.between(a, b);
        } catch (IOException e) {
            throw new CooperException(
                    FailureReason.MODEL_FAULT, "cannot compare " + a + " with " + b + ": " + e.getMessage(), e);
        }
    }

    private Path weights(String runId, ModelKind kind, ModelRef version) {
        return find(runId, kind, version)
                .orElseThrow(() -> gone(runId, kind, version))
                .folder()
                .resolve(WEIGHTS_FILE);
    }

    /**
     * Copies a version, whose checksum has been checked, into a folder that is made for it.
     *
     * @param holder names the purpose, such as {@code export-7}: the version stays for as long as it is copied
     * @throws PreconditionException when the version is kept no more
     * @throws CooperException MODEL_FAULT when it is kept and damaged, BAD_INPUT when the target is there already,
     *     NO_CAPACITY when the disk is full
     */
    public StoredModel copy(String runId, ModelKind kind, ModelRef version, String holder, ModelCopy copy) {
        Path pin = model("weights", runId, kind).resolve("pinned").resolve(version.getNumber() + "." + holder);
        pin(pin);
        try {
            List<String> damaged = new ArrayList<>();
            for (StoredModel stored : all(runId, kind, version)) {
                Optional<String> fault = fault(stored);
                if (fault.isEmpty()) {
                    copy.take(stored, files(stored.folder()));
                    return stored;
                }
                damaged.add(stored.folder() + " " + fault.get());
            }
            throw damaged.isEmpty()
                    ? gone(runId, kind, version)
                    : new CooperException(
                            FailureReason.MODEL_FAULT,
                            "version " + version.getNumber() + " cannot be copied: " + String.join("; ", damaged));
        } finally {
            unpin(pin);
        }
    }

    private static PreconditionException gone(String runId, ModelKind kind, ModelRef version) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return new PreconditionException("version " + version.getNumber() + " of the " + name + " model of run " + runId
                + " is kept no more, neither under weights/" + runId + "/" + name + " nor under checkpoints/" + runId
                + "/" + name + ": `cooper replay " + runId + "` trains it again from the archive; keep_versions in the"
                + " specification says how many are kept");
    }

    /** Weights first, which are in the type that they are served in. */
    private List<StoredModel> all(String runId, ModelKind kind, ModelRef version) {
        String number = Long.toString(version.getNumber());
        Path weights = model("weights", runId, kind)
                .resolve(Integer.toString(version.getIncarnation()))
                .resolve(number);
        Path checkpoint = model("checkpoints", runId, kind).resolve(number);
        List<StoredModel> found = new ArrayList<>();
        if (Files.isRegularFile(weights.resolve(WEIGHTS_FILE))) {
            found.add(new StoredModel(version, StoredModel.Place.WEIGHTS, weights, size(weights)));
        }
        if (Files.isRegularFile(checkpoint.resolve(WEIGHTS_FILE))) {
            found.add(new StoredModel(version, StoredModel.Place.CHECKPOINT, checkpoint, size(checkpoint)));
        }
        return found;
    }

    private Path model(String place, String runId, ModelKind kind) {
        return root.resolve(place).resolve(runId).resolve(kind.name().toLowerCase(Locale.ROOT));
    }

    private static Optional<String> fault(StoredModel stored) {
        try {
            String found = TensorChecksum.of(stored.folder().resolve(WEIGHTS_FILE));
            return found.equals(stored.version().getChecksum())
                    ? Optional.empty()
                    : Optional.of("has checksum " + found + ", but the version has "
                            + stored.version().getChecksum());
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !TRAINERS_OWN.contains(file.getFileName().toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static long size(Path folder) {
        try {
            long bytes = 0;
            for (Path file : files(folder)) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static void pin(Path pin) {
        try {
            Files.createDirectories(pin.resolveSibling(""));
            Files.writeString(pin, "the orchestrator keeps it\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + pin, e);
        }
    }

    private static void unpin(Path pin) {
        try {
            Files.deleteIfExists(pin);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + pin + "; remove it, or its version stays for good", e);
        }
    }
}
