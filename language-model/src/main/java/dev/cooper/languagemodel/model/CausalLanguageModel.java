package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The language model: a configuration and its weights, and the computations on them. It keeps nothing else, so any
 * number of threads may read it at once; only training changes the weights.
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
        NDArray matrix = config.tiedEmbeddings() ? backbone.embedding() : weights.array(ParameterShapes.OUTPUT);
        output = new Linear(matrix, Optional.empty());
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

    /** Scores a batch's targets at a temperature, without a way back. */
    public TokenScores score(TokenBatch batch, double temperature) {
        try (GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            NDArray states = backbone.forward(scope, batch, Attention.within(batch));
            NDArray hidden = Torch.select(states, 0, scope.create(batch.sources()));
            return head.score(hidden, batch.targets(), temperature);
        }
    }

    /**
     * Scores a batch's targets at a temperature with a way back to the weights. What that needs belongs to
     * {@code scope}, and gradients are recorded: call it within {@link GradientMode#recording}.
     *
     * @param checkpointing computes each layer once more on the way back instead of keeping what it computed
     */
    public Recorded<TokenScores> record(NDManager scope, TokenBatch batch, double temperature, boolean checkpointing) {
        RecordedStates states = backbone.record(scope, batch, batch.sources(), checkpointing);
        return head.record(states, batch.targets(), temperature);
    }

    /**
     * Logits after every token of a batch, [tokens, vocabulary], owned by {@code scope}. They are whole: for scoring
     * use {@link #score}.
     */
    public NDArray logits(NDManager scope, TokenBatch batch) {
        return logits(backbone.forward(scope, batch, Attention.within(batch)));
    }

    /** An empty cache, which the caller closes. */
    public KeyValueCache newCache(int rows, int capacity) {
        return new KeyValueCache(TorchEngine.newManager(), config, precision, rows, capacity);
    }

    /** Bytes that a row of {@link #newCache} takes. */
    public long cacheBytes(int capacity) {
        return KeyValueCache.bytesPerRow(config, precision, capacity);
    }

    /** Keys and values of prompts for {@link #decode}: computed once, copied to each of the rows that continue them. */
    public void prefill(TokenBatch prompts, List<Continuation> continuations, KeyValueCache cache) {
        if (prompts.tokens() == 0) {
            return;
        }
        List<Long> sources = new ArrayList<>();
        List<Long> slots = new ArrayList<>();
        for (Continuation continuation : continuations) {
            for (int position = 0; position < prompts.length(continuation.prompt()); position++) {
                sources.add((long) prompts.start(continuation.prompt()) + position);
                slots.add(cache.slot(continuation.row(), position));
            }
        }
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray source = scope.create(toArray(sources));
            NDArray slot = scope.create(toArray(slots));
            backbone.read(
                    scope,
                    prompts,
                    (layer, k, v) ->
                            cache.layer(layer).write(slot, Torch.select(k, 0, source), Torch.select(v, 0, source)));
        }
    }

    /** A row of a cache that continues a prompt of a batch. */
    public record Continuation(int prompt, int row) {}

    /**
     * Logits after one more token in each row, [rows, vocabulary], owned by {@code scope}. There may be fewer than the
     * cache has: the first ones.
     *
     * @param tokens the token of each row
     * @param positions its position; what the cache holds before it is read
     * @param length positions of the cache that are read, above every row's position
     */
    public NDArray decode(NDManager scope, long[] tokens, long[] positions, KeyValueCache cache, int length) {
        long[] slots = new long[positions.length];
        Arrays.setAll(slots, row -> cache.slot(row, Math.toIntExact(positions[row])));
        return logits(
                backbone.decode(scope.create(tokens), scope.create(positions), scope.create(slots), cache, length));
    }

    private static long[] toArray(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        backbone.close();
        weights.close();
    }
}
