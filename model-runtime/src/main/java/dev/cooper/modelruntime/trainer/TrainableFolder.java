package dev.cooper.modelruntime.trainer;

import dev.cooper.languagemodel.model.FolderModel;
import dev.cooper.languagemodel.training.AdamW;
import java.io.IOException;
import java.nio.file.Path;

/** A language or reward model with its optimizer: what both are saved as, and resumed from. */
public abstract class TrainableFolder implements TrainableModel {

    private static final String OPTIMIZER = "optimizer.safetensors";

    private final FolderModel model;
    private final AdamW optimizer;

    /** The subclass closes both. */
    protected TrainableFolder(FolderModel model, AdamW optimizer) {
        this.model = model;
        this.optimizer = optimizer;
    }

    /** Takes the optimizer's state from a checkpoint that {@link #saveCheckpoint} wrote. */
    public void restoreOptimizer(Path checkpoint) throws IOException {
        optimizer.restore(checkpoint.resolve(OPTIMIZER));
    }

    @Override
    public final String checksum() {
        return model.checksum();
    }

    @Override
    public final long parameters() {
        return model.weights().count();
    }

    @Override
    public final void save(Path folder) throws IOException {
        model.save(folder);
    }

    @Override
    public final void saveCheckpoint(Path folder) throws IOException {
        model.save(folder);
        optimizer.save(folder.resolve(OPTIMIZER));
        saveBeside(folder);
    }

    /** Writes what else goes on from a checkpoint. */
    protected void saveBeside(Path checkpoint) throws IOException {}
}
