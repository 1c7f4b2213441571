package dev.cooper.modelruntime.hosting;

import dev.cooper.modelruntime.storage.WeightStore;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.FailureReason;
import dev.cooper.proto.v1.ModelKind;
import dev.cooper.proto.v1.ModelRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one model and brings it to the version that is wanted, from the weight store. A version of the same run only
 * brings weights; another run brings its own tokenizer and shape, too. For one thread, but for {@link #version}.
 *
 * @param <M> the model
 */
public final class ModelHost<M extends HostedModel> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ModelHost.class);

    private final ModelKind kind;
    private final WeightStore weights;
    private final ModelLoader<M> loader;
    private @Nullable M model;
    private @Nullable String runId;
    private volatile @Nullable ModelRef version;

    public ModelHost(ModelKind kind, WeightStore weights, ModelLoader<M> loader) {
        this.kind = kind;
        this.weights = weights;
        this.loader = loader;
    }

    /**
     * The model at that version, loaded unless it is there. It is this host's, and valid until the next call.
     *
     * @throws CooperException MODEL_FAULT, naming the folder and the fix, if the version is missing, does not load or
     *     has another checksum; nothing is held then
     */
    public M ensure(String wantedRun, ModelRef wanted) {
        if (model != null && wantedRun.equals(runId) && wanted.equals(version)) {
            return model;
        }
        Path folder = weights.folder(wantedRun, kind, wanted);
        if (!Files.isDirectory(folder)) {
            throw new CooperException(
                    FailureReason.MODEL_FAULT,
                    "version " + wanted.getNumber() + " of run " + wantedRun + " is not in the weight store: " + folder
                            + " is missing; check that trainer and sampler share cooper.storage-root");
        }
        M loaded = load(wantedRun, folder);
        String found = loaded.checksum();
        if (!found.equals(wanted.getChecksum())) {
            close();
            throw new CooperException(
                    FailureReason.MODEL_FAULT,
                    "the weights in " + folder + " have checksum " + found + ", but version " + wanted.getNumber()
                            + " has " + wanted.getChecksum() + ": the files were changed or damaged");
        }
        runId = wantedRun;
        version = wanted;
        log.info("{} serves version {} of run {}", kind, wanted.getNumber(), wantedRun);
        return loaded;
    }

    /** Number of the version that is held; empty before the first and after one that did not load. */
    public OptionalLong version() {
        ModelRef held = version;
        return held == null ? OptionalLong.empty() : OptionalLong.of(held.getNumber());
    }

    private M load(String wantedRun, Path folder) {
        M held = model;
        version = null;
        try {
            if (held != null && wantedRun.equals(runId)) {
                held.takeWeights(folder);
                return held;
            }
            // The old model goes first: two at once may not fit into memory.
            close();
            M loaded = loader.load(folder);
            model = loaded;
            return loaded;
        } catch (IOException | RuntimeException e) {
            close();
            throw new CooperException(
                    FailureReason.MODEL_FAULT, "cannot load the weights in " + folder + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
        model = null;
        runId = null;
        version = null;
    }
}
