package dev.cooper.cli.command;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of commands that compute with the model of a folder, without changing it. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "A model's folder in Hugging Face layout.")
    private Path folder = Path.of("");

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = "FLOAT32",
            description =
                    "float32, or stored: the type that the folder's weights have, which are then mapped into memory"
                            + " and not copied (default: float32).")
    private ComputedIn type = ComputedIn.FLOAT32;

    /** What is computed in. */
    private enum ComputedIn {
        FLOAT32,
        STORED
    }

    Path folder() {
        return folder;
    }

    /** The model with its tokenizer; the caller closes it. */
    LanguageModel open() throws IOException {
        return switch (type) {
            case FLOAT32 -> LanguageModel.load(folder);
            case STORED -> LanguageModel.map(folder);
        };
    }

    /** The network alone, which needs no tokenizer; the caller closes it. */
    CausalLanguageModel openNetwork() throws IOException {
        return switch (type) {
            case FLOAT32 -> LanguageModel.loadNetwork(folder);
            case STORED -> LanguageModel.mapNetwork(folder);
        };
    }
}
