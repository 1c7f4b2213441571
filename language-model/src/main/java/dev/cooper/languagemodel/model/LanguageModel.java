package dev.cooper.languagemodel.model;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.GenerationJson;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.safetensors.Checkpoint;
import dev.cooper.languagemodel.safetensors.DurableFile;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.torch.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model with its tokenizer: what a Hugging Face folder holds. */
public final class LanguageModel implements FolderModel {
    /** Name of the file with the weights. */
    public static final String WEIGHTS_FILE = Checkpoint.SINGLE;

    private static final String CONFIG_FILE = "config.json";
    private static final String GENERATION_FILE = "generation_config.json";

    private final CausalLanguageModel network;
    private final Tokenizer tokenizer;

    private LanguageModel(CausalLanguageModel network, Tokenizer tokenizer) {
        this.network = network;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads config.json, the weights (model.safetensors, or the files of model.safetensors.index.json) and the
     * tokenizer of a folder.
     *
     * @throws InvalidModelException naming the file and what is wrong with it
     */
    public static LanguageModel load(Path folder) throws IOException {
        return load(folder, Precision.FLOAT32);
    }

    /**
     * Loads a folder, as {@link #load(Path)} does, to compute in a precision on weights that stay float32: training in
     * bfloat16 loses no small update.
     */
    public static LanguageModel load(Path folder, Precision precision) throws IOException {
        return withTokenizer(
                folder, config -> new CausalLanguageModel(config, WeightFiles.read(folder, config), precision));
    }

    /**
     * Opens a folder for sampling and scoring only: its weights are not read but mapped into memory, and computed in
     * the precision that they are stored in. The files must stay as they are until it is closed.
     *
     * @throws InvalidModelException naming the file and what is wrong with it
     */
    public static LanguageModel map(Path folder) throws IOException {
        return withTokenizer(folder, config -> mapNetwork(folder, config));
    }

    /** From a configuration to a network. */
    @FunctionalInterface
    private interface NetworkReader {
        CausalLanguageModel read(ModelConfig config) throws IOException;
    }

    private static LanguageModel withTokenizer(Path folder, NetworkReader reader) throws IOException {
        ModelConfig config = readConfig(folder);
        Tokenizer tokenizer = Tokenizer.load(folder);
        try {
            tokenizer.checkFits(config.vocabSize());
            return new LanguageModel(reader.read(config), tokenizer);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /**
     * Opens the network of a folder as {@link #map} does, which needs no tokenizer; the caller closes it.
     *
     * @throws InvalidModelException naming the file and what is wrong with it
     */
    public static CausalLanguageModel mapNetwork(Path folder) throws IOException {
        return mapNetwork(folder, readConfig(folder));
    }

    private static CausalLanguageModel mapNetwork(Path folder, ModelConfig config) throws IOException {
        Weights weights = WeightFiles.map(folder, config);
        return new CausalLanguageModel(config, weights, weights.precision());
    }

    /**
     * Loads the network of a folder, which needs no tokenizer; the caller closes it.
     *
     * @throws InvalidModelException naming the file and what is wrong with it
     */
    public static CausalLanguageModel loadNetwork(Path folder) throws IOException {
        return loadNetwork(folder, Precision.FLOAT32);
    }

    /** Loads the network of a folder, to compute in a precision on weights that stay float32. */
    public static CausalLanguageModel loadNetwork(Path folder, Precision precision) throws IOException {
        ModelConfig config = readConfig(folder);
        return new CausalLanguageModel(config, WeightFiles.read(folder, config), precision);
    }

    private static ModelConfig readConfig(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidModelException(
                    folder, "no such folder; give the folder of a model in Hugging Face layout");
        }
        return ModelConfig.read(folder.resolve(CONFIG_FILE));
    }

    /** A new model whose weights are a function of the seed. It takes the tokenizer over, and closes it. */
    public static LanguageModel initialise(ModelConfig config, Tokenizer tokenizer, long seed) {
        tokenizer.checkFits(config.vocabSize());
        return new LanguageModel(new CausalLanguageModel(config, Weights.initialise(config, seed)), tokenizer);
    }

    /** A network without tokenizer, with weights that are a function of the seed. */
    public static CausalLanguageModel initialiseNetwork(ModelConfig config, long seed) {
        return initialiseNetwork(config, seed, Precision.FLOAT32);
    }

    /** A network without tokenizer, with float32 weights that are a function of the seed, to compute in a precision. */
    public static CausalLanguageModel initialiseNetwork(ModelConfig config, long seed, Precision precision) {
        return new CausalLanguageModel(config, Weights.initialise(config, seed), precision);
    }

    /** Another network with the same weights now, independent of this one from then on; the caller closes it. */
    public CausalLanguageModel copyNetwork() {
        return new CausalLanguageModel(network.config(), network.weights().copy(), network.precision());
    }

    /** The architecture. */
    public ModelConfig config() {
        return network.config();
    }

    /** The transformer. */
    public CausalLanguageModel network() {
        return network;
    }

    /** The tokenizer. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Override
    public Weights weights() {
        return network.weights();
    }

    @Override
    public void loadWeights(Path safetensors) throws IOException {
        try (Weights source = WeightFiles.read(safetensors, config())) {
            network.weights().assign(source);
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        save(folder, StoredTypes.FLOAT32);
    }

    /**
     * Writes the folder: config.json, tokenizer files, generation_config.json, and last model.safetensors. Each file is
     * whole or as it was; for a folder that is whole or absent, save to a temporary one and {@link DurableFile#rename}
     * it.
     */
    public void save(Path folder, StoredTypes types) throws IOException {
        Files.createDirectories(folder);
        tokenizer.files().copyTo(folder);
        if (!tokenizer.files().has(GENERATION_FILE)) {
            DurableFile.write(folder.resolve(GENERATION_FILE), GenerationJson.write(tokenizer.specialTokens()));
        }
        String dtype = network.weights().dtype(types);
        DurableFile.write(folder.resolve(CONFIG_FILE), config().toJson(tokenizer.specialTokens(), dtype));
        network.weights().write(folder.resolve(WEIGHTS_FILE), types);
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }
}
