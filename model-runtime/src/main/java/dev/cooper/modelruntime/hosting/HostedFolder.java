package dev.cooper.modelruntime.hosting;

import dev.cooper.languagemodel.model.FolderModel;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A language or reward model that serves.
 *
 * @param model closed with this
 * @param <M> which of them
 */
public record HostedFolder<M extends FolderModel>(M model) implements HostedModel {

    private static final String WEIGHTS = "model.safetensors";

    @Override
    public void takeWeights(Path folder) throws IOException {
        model.loadWeights(folder.resolve(WEIGHTS));
    }

    @Override
    public String checksum() {
        return model.checksum();
    }

    @Override
    public void close() {
        model.close();
    }
}
