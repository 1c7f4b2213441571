package dev.cooper.languagemodel.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.FolderModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.RewardNetwork;
import dev.cooper.languagemodel.model.StoredTypes;
import dev.cooper.languagemodel.model.Weights;
import dev.cooper.languagemodel.safetensors.DurableFile;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import dev.cooper.languagemodel.training.MicroBatches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A reward model with its tokenizer: a Hugging Face folder of {@code *ForSequenceClassification} with one label. */
public final class RewardModel implements FolderModel {
    private static final String CONFIG_FILE = "config.json";

    private final RewardNetwork network;
    private final Tokenizer tokenizer;

    private RewardModel(RewardNetwork network, Tokenizer tokenizer) {
        this.network = network;
        this.tokenizer = tokenizer;
    }

    /**
     * Loads config.json, the weights and the tokenizer of a folder.
     *
     * @throws InvalidModelException naming the file, what is wrong with it and what to do: no head, several labels,
     *     values that are not finite, another vocabulary than the tokenizer's
     */
    public static RewardModel load(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidModelException(
                    folder, "no such folder; give the folder of a reward model in Hugging Face layout");
        }
        ModelConfig config = ModelConfig.readRewardModel(folder.resolve(CONFIG_FILE));
        Tokenizer tokenizer = Tokenizer.load(folder);
        try {
            tokenizer.checkFits(config.vocabSize());
            return new RewardModel(RewardNetwork.read(folder, config), tokenizer);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** A language model's layers, copied, with a new head that is a function of the seed. */
    public static RewardModel fromBase(LanguageModel base, long seed) throws IOException {
        return new RewardModel(
                RewardNetwork.fromBase(base.network(), seed), base.tokenizer().copy());
    }

    /** The architecture. */
    public ModelConfig config() {
        return network.config();
    }

    /** The layers and the head. */
    public RewardNetwork network() {
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
        network.assign(safetensors);
    }

    /**
     * Tokens of a text to score.
     *
     * @throws IllegalArgumentException if it has none, or more than the model has positions
     */
    public TokenIds tokens(String text) {
        TokenIds tokens = tokenizer.encode(text);
        if (tokens.size() == 0) {
            throw new IllegalArgumentException("The text has no tokens; there is nothing to score");
        }
        if (tokens.size() > config().maxPositions()) {
            throw new IllegalArgumentException(
                    "The text has %d tokens, but the reward model reads %d at most (max_position_embeddings); shorten the question, or cut completions and references further"
                            .formatted(tokens.size(), config().maxPositions()));
        }
        return tokens;
    }

    /**
     * Raw outputs of sequences in their order, without gradient. Sequences of similar lengths are computed together, as
     * a function of the lengths and the budget only; a logit depends on what it is computed with only by rounding.
     *
     * @param tokenBudget most tokens that are computed at once
     */
    public float[] logits(List<TokenIds> sequences, int tokenBudget) {
        return logits(network, sequences, tokenBudget);
    }

    /** As {@link #logits(List, int)}, of a network whose tokenizer is not needed. */
    public static float[] logits(RewardNetwork network, List<TokenIds> sequences, int tokenBudget) {
        float[] logits = new float[sequences.size()];
        if (logits.length == 0) {
            return logits;
        }
        List<Integer> lengths = sequences.stream().map(TokenIds::size).toList();
        List<List<Integer>> batches = MicroBatches.split(lengths, tokenBudget);
        try (NDManager scope = TorchEngine.newManager()) {
            List<NDArray> parts = batches.stream()
                    .map(places -> network.logits(
                            scope, places.stream().map(sequences::get).toList()))
                    .toList();
            float[] together = Transfers.floats(Torch.join(scope, parts));
            List<Integer> order = batches.stream().flatMap(List::stream).toList();
            for (int i = 0; i < together.length; i++) {
                logits[order.get(i)] = together[i];
            }
        }
        return logits;
    }

    @Override
    public void save(Path folder) throws IOException {
        save(folder, StoredTypes.FLOAT32);
    }

    /** Writes the folder as {@link LanguageModel#save(Path, StoredTypes)} does. */
    public void save(Path folder, StoredTypes types) throws IOException {
        Files.createDirectories(folder);
        tokenizer.files().copyTo(folder);
        String dtype = network.weights().dtype(types);
        DurableFile.write(folder.resolve(CONFIG_FILE), config().toRewardModelJson(tokenizer.specialTokens(), dtype));
        network.weights().write(folder.resolve(LanguageModel.WEIGHTS_FILE), types);
    }

    @Override
    public void close() {
        network.close();
        tokenizer.close();
    }
}
