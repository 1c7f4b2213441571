package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.safetensors.Checkpoint;
import dev.cooper.languagemodel.safetensors.Tensor;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.Transfers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The layers of a language model with one linear output on each sequence's last token, without bias: Hugging Face's
 * {@code *ForSequenceClassification} with one label. Threads may share it as they may a {@link CausalLanguageModel}.
 */
public final class RewardNetwork implements AutoCloseable {
    private final ModelConfig config;
    private final Weights weights;
    private final Backbone backbone;
    private final Linear score; // [1, hidden]

    private RewardNetwork(ModelConfig config, Weights weights) {
        this.config = config;
        this.weights = weights;
        backbone = new Backbone(config, weights, Precision.FLOAT32);
        score = Linear.of(weights.array(ParameterShapes.SCORE));
    }

    /**
     * Reads a safetensors file, or those of a folder.
     *
     * @throws InvalidModelException naming the file and what is wrong: no head, several outputs, another architecture,
     *     values that are not finite
     */
    public static RewardNetwork read(Path fileOrFolder, ModelConfig config) throws IOException {
        return new RewardNetwork(config, readWeights(fileOrFolder, config));
    }

    /** A copy of a language model's layers with a new head that is a function of the seed. */
    public static RewardNetwork fromBase(CausalLanguageModel base, long seed) {
        ModelConfig config = base.config();
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        ParameterShapes.ofScore(config)
                .forEach((name, shape) -> tensors.put(
                        name,
                        name.equals(ParameterShapes.SCORE)
                                ? ParameterShapes.initial(name, shape, config, seed)
                                : base.weights().tensor(name)));
        return new RewardNetwork(config, Weights.of(tensors));
    }

    /** Takes the values of a safetensors file of the same architecture. */
    public void assign(Path file) throws IOException {
        try (Weights source = readWeights(file, config)) {
            weights.assign(source);
        }
    }

    private static Weights readWeights(Path fileOrFolder, ModelConfig config) throws IOException {
        try (Checkpoint source = Checkpoint.open(fileOrFolder)) {
            if (!source.names().contains(ParameterShapes.SCORE)) {
                throw new InvalidModelException(
                        source.source(),
                        "has no tensor '%s', the head of a reward model; this is a language model: make a reward model from it first"
                                .formatted(ParameterShapes.SCORE));
            }
            List<Long> shape = source.info(ParameterShapes.SCORE).shape();
            if (!new Shape(shape).equals(new Shape(1, config.hiddenSize()))) {
                throw new InvalidModelException(
                        source.file(ParameterShapes.SCORE),
                        "tensor '%s' has shape %s; a reward model has one output on the model's width, [1, %d]"
                                .formatted(ParameterShapes.SCORE, shape, config.hiddenSize()));
            }
            return WeightFiles.read(source, ParameterShapes.ofScore(config));
        }
    }

    /** The architecture; it has no layer of output to the vocabulary, tied or not. */
    public ModelConfig config() {
        return config;
    }

    /** The weights, which this network closes. */
    public Weights weights() {
        return weights;
    }

    /**
     * The output on each sequence's last token, in their order, with a way back to the weights. What that needs belongs
     * to {@code scope}, and gradients are recorded: call it within {@link GradientMode#recording}.
     *
     * @param checkpointing computes each layer once more on the way back instead of keeping what it computed
     * @throws IllegalArgumentException for a sequence without tokens, or longer than the model's positions
     */
    public Recorded<NDArray> record(NDManager scope, List<TokenIds> sequences, boolean checkpointing) {
        TokenBatch batch = batch(sequences);
        RecordedStates states = backbone.record(scope, batch, batch.ends(), checkpointing);
        NDArray leaf = states.leaf();
        NDArray logits = backbone.output(leaf, score).reshape(sequences.size());
        return new Recorded<>(logits, sequences.size(), derivatives -> {
            Torch.backward(logits, derivatives);
            states.backward(leaf);
        });
    }

    /**
     * The output on each sequence's last token, in their order, [sequences], without gradient; it belongs to
     * {@code owner}.
     *
     * @throws IllegalArgumentException for a sequence without tokens, or longer than the model's positions
     */
    public NDArray logits(NDManager owner, List<TokenIds> sequences) {
        TokenBatch batch = batch(sequences);
        try (GradientMode _ = GradientMode.off();
                NDManager scope = owner.newSubManager()) {
            NDArray states = backbone.forward(scope, batch, Attention.within(batch));
            NDArray last = Torch.select(states, 0, Transfers.send(scope, batch.ends())); // [sequences, hidden]
            NDArray logits = backbone.output(last, score).reshape(sequences.size());
            logits.attach(owner);
            return logits;
        }
    }

    private static TokenBatch batch(List<TokenIds> sequences) {
        for (TokenIds sequence : sequences) {
            if (sequence.size() == 0) {
                throw new IllegalArgumentException("A sequence without tokens has no last token to score");
            }
        }
        return TokenBatch.reading(sequences);
    }

    @Override
    public void close() {
        backbone.close();
        weights.close();
    }
}
