package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import org.jspecify.annotations.Nullable;

/**
 * The language model: a configuration and its weights, and the computations on them. Any number of threads may read it
 * at once; only training changes the weights. The form of the weights that decoding reads is kept until they change.
 */
public final class CausalLanguageModel implements AutoCloseable {
    /** 32 MiB of float32, of which a backward pass holds a few. */
    private static final int LOGITS_AT_ONCE = 1 << 23;

    private final ModelConfig config;
    private final Weights weights;
    private final Precision precision;
    private final Backbone backbone;
    private final Linear output; // [vocabulary, hidden]
    private final VocabularyHead head;
    private @Nullable DecodingWeights decoding;

    CausalLanguageModel(ModelConfig config, Weights weights) {
        this(config, weights, Precision.FLOAT32);
    }

    CausalLanguageModel(ModelConfig config, Weights weights, Precision precision) {
        this(config, weights, precision, LOGITS_AT_ONCE);
    }

    CausalLanguageModel(ModelConfig config, Weights weights, Precision precision, int logitsAtOnce) {
        this.config = config;
        this.weights = weights;
        this.precision = precision;
        backbone = new Backbone(config, weights, precision);
        output = Linear.of(outputMatrix());
        head = new VocabularyHead(this::logits, config.vocabSize(), logitsAtOnce);
    }

    /** The architecture. */
    public ModelConfig config() {
        return config;
    }

    /** What is computed in. */
    public Precision precision() {
        return precision;
    }

    /** The weights, which this model closes. */
    public Weights weights() {
        return weights;
    }

    private NDArray logits(NDArray hidden) { // [n, hidden] to [n, vocabulary], float32
        return backbone.output(hidden, output);
    }

    /** Scores a batch's targets at a temperature, and reads the scores back. */
    public TokenScores score(TokenBatch batch, double temperature) {
        try (NDManager scope = TorchEngine.newManager()) {
            return TokenScores.read(score(scope, batch, temperature));
        }
    }

    /** Scores a batch's targets at a temperature, without a way back. The scores belong to {@code owner}. */
    public Torch.Scored score(NDManager owner, TokenBatch batch, double temperature) {
        try (GradientMode _ = GradientMode.off();
                NDManager scope = owner.newSubManager()) {
            NDArray states = backbone.forward(scope, batch, Attention.within(batch));
            NDArray hidden = Torch.select(states, 0, Transfers.send(scope, batch.sources()));
            return head.score(owner, hidden, Transfers.send(scope, batch.targets()), temperature);
        }
    }

    /**
     * Scores a batch's targets at a temperature with a way back to the weights. What that needs belongs to
     * {@code scope}, and gradients are recorded: call it within {@link GradientMode#recording}.
     *
     * @param checkpointing computes each layer once more on the way back instead of keeping what it computed
     */
    public Recorded<Torch.Scored> record(NDManager scope, TokenBatch batch, double temperature, boolean checkpointing) {
        // Who wants gradients is about to change the weights, and needs the memory.
        releaseDecodingWeights();
        RecordedStates states = backbone.record(scope, batch, batch.sources(), checkpointing);
        return head.record(states, Transfers.send(scope, batch.targets()), temperature);
    }

    /**
     * Logits after every token of a batch, [tokens, vocabulary], owned by {@code scope}. They are whole: for scoring
     * use {@link #score}.
     */
    public NDArray logits(NDManager scope, TokenBatch batch) {
        return logits(backbone.forward(scope, batch, Attention.within(batch)));
    }

    /**
     * What draws sequences with the weights as they are now; the caller closes it, before they change.
     *
     * @param computed what it computes in, whatever this model computes in otherwise
     * @param rows most sequences at the same time
     * @param capacity most positions of a sequence
     */
    public Decoder decoder(Precision computed, int rows, int capacity) {
        return new Decoder(this, decodingWeights(computed), rows, capacity);
    }

    private synchronized DecodingWeights decodingWeights(Precision computed) {
        if (decoding == null || !decoding.isCurrent(computed)) {
            releaseDecodingWeights();
            decoding = new DecodingWeights(config, weights, computed);
        }
        return decoding.retained();
    }

    private synchronized void releaseDecodingWeights() {
        if (decoding != null) {
            decoding.close();
            decoding = null;
        }
    }

    /** Bytes that a row of a {@link #decoder} takes. */
    public long cacheBytes(Precision computed, int capacity) {
        return KeyValueCache.bytesPerRow(config, computed, capacity);
    }

    Backbone backbone() {
        return backbone;
    }

    /** What the output layer multiplies with, [vocabulary, hidden]. */
    private NDArray outputMatrix() {
        return config.tiedEmbeddings() ? backbone.embedding() : weights.array(ParameterShapes.OUTPUT);
    }

    @Override
    public void close() {
        releaseDecodingWeights();
        backbone.close();
        weights.close();
    }
}
