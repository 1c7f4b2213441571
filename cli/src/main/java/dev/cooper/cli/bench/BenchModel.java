package dev.cooper.cli.bench;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.safetensors.DurableFile;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model to be measured: one of two sizes with new weights, or a folder's.
 *
 * @param name the size, or the folder
 */
public record BenchModel(String name, CausalLanguageModel network) implements AutoCloseable {
    private static final int POSITIONS = 1024;
    private static final ModelConfig.Size SMALL = new ModelConfig.Size(128, 384, 4, 4, 2);
    private static final ModelConfig.Size MEDIUM = new ModelConfig.Size(512, 2048, 8, 8, 4);

    /**
     * Weights of {@code 1m} and {@code 36m} are a function of the seed; any other name is a folder. Weights are
     * float32.
     */
    public static BenchModel open(String name, long seed, Precision precision) throws IOException {
        return new BenchModel(
                name,
                switch (name) {
                    case "1m" ->
                        LanguageModel.initialiseNetwork(ModelConfig.small(SMALL, 2048, POSITIONS), seed, precision);
                    case "36m" ->
                        LanguageModel.initialiseNetwork(ModelConfig.small(MEDIUM, 8192, POSITIONS), seed, precision);
                    default -> LanguageModel.loadNetwork(Path.of(name), precision);
                });
    }

    /** Writes config.json and the weights, for others to measure the same model. */
    public void save(Path folder) throws IOException {
        Files.createDirectories(folder);
        SpecialTokens unused = new SpecialTokens(TokenIds.of(0), 1);
        DurableFile.write(folder.resolve("config.json"), network.config().toJson(unused));
        network.weights().write(folder.resolve(LanguageModel.WEIGHTS_FILE));
    }

    /** Tokens that end no completion: an id that the model does not have. */
    SpecialTokens endless() {
        return new SpecialTokens(TokenIds.of(network.config().vocabSize()), 0);
    }

    @Override
    public void close() {
        network.close();
    }
}
