package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The transformer: a configuration and its weights, and the computations on them. It keeps nothing else, so any number
 * of threads may read it at once; only training changes the weights. Whether gradients are recorded is the caller's
 * {@link dev.cooper.languagemodel.torch.GradientMode}.
 */
public final class CausalLanguageModel implements AutoCloseable {
    private final ModelConfig config;
    private final Weights weights;
    private final NDManager tables;
    private final RotaryTable rotary;
    private final List<DecoderLayer> layers;
    private final NDArray embedding; // [vocabulary, hidden]
    private final NDArray finalNorm; // [hidden]
    private final NDArray output; // [vocabulary, hidden]

    CausalLanguageModel(ModelConfig config, Weights weights) {
        this.config = config;
        this.weights = weights;
        tables = TorchEngine.newManager();
        rotary = new RotaryTable(tables, config);
        layers = IntStream.range(0, config.layers())
                .mapToObj(i -> new DecoderLayer(config, weights, i))
                .toList();
        embedding = weights.array(ParameterShapes.EMBEDDING);
        finalNorm = weights.array(ParameterShapes.FINAL_NORM);
        output = config.tiedEmbeddings() ? embedding : weights.array(ParameterShapes.OUTPUT);
    }

    /** The architecture. */
    public ModelConfig config() {
        return config;
    }

    /** The weights, which this model closes. */
    public Weights weights() {
        return weights;
    }

    /**
     * Log-probabilities and entropies of a batch's targets at a temperature, in the batch's order. Logits are computed
     * at the targets only. The results belong to {@code scope}.
     */
    public Torch.Scored score(NDManager scope, TokenBatch batch, double temperature) {
        NDArray hidden = forward(scope, batch, (layer, keys, values) -> {}); // [rows, width, hidden]
        NDArray flat = hidden.reshape((long) batch.rows() * batch.width(), config.hiddenSize());
        NDArray chosen = Torch.select(flat, 0, scope.create(batch.sources())); // [targets, hidden]
        return Torch.tokenLogProbs(logits(chosen), scope.create(batch.targets()), temperature);
    }

    /** An empty cache, which the caller closes. */
    public KeyValueCache newCache(int rows, int capacity) {
        return new KeyValueCache(TorchEngine.newManager(), config, rows, capacity);
    }

    /** Keys and values of prompts for {@link #decode}: computed once, copied to each of the rows that continue them. */
    public void prefill(TokenBatch prompts, List<Continuation> continuations, KeyValueCache cache) {
        List<Long> sources = new ArrayList<>();
        List<Long> slots = new ArrayList<>();
        for (Continuation continuation : continuations) {
            for (int position = 0; position < prompts.length(continuation.prompt()); position++) {
                sources.add((long) continuation.prompt() * prompts.width() + position);
                slots.add(cache.slot(continuation.row(), position));
            }
        }
        if (slots.isEmpty()) {
            return;
        }
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray source = scope.create(toArray(sources));
            NDArray slot = scope.create(toArray(slots));
            forward(
                    scope,
                    prompts,
                    (layer, keys, values) ->
                            cache.layer(layer).write(slot, rowsOf(keys, source), rowsOf(values, source)));
        }
    }

    /** A row of a cache that continues a prompt of a batch. */
    public record Continuation(int prompt, int row) {}

    /**
     * Logits after one more token in each row, [rows, vocabulary], owned by {@code scope}.
     *
     * @param tokens the token of each row
     * @param positions its position; what the cache holds before it is read
     * @param length positions of the cache that are read, above every row's position
     */
    public NDArray decode(NDManager scope, long[] tokens, long[] positions, KeyValueCache cache, int length) {
        long[] slots = new long[positions.length];
        Arrays.setAll(slots, row -> cache.slot(row, Math.toIntExact(positions[row])));
        NDArray position = scope.create(positions);
        DecodeStep step =
                new DecodeStep(rotary.at(position), scope.create(slots), Torch.positionMask(position, length), length);
        NDArray x = Torch.embedding(scope.create(tokens), embedding); // [rows, hidden]
        for (int i = 0; i < layers.size(); i++) {
            x = layers.get(i).decode(x, step, cache.layer(i));
        }
        return logits(x);
    }

    @FunctionalInterface
    private interface LayerSink {
        void accept(int layer, NDArray keys, NDArray values);
    }

    private NDArray forward(NDManager scope, TokenBatch batch, LayerSink sink) { // [rows, width, hidden]
        if (batch.width() > config.maxPositions()) {
            throw new IllegalArgumentException("A sequence of %d tokens is longer than the model's %d positions"
                    .formatted(batch.width(), config.maxPositions()));
        }
        RotaryTable.Angles angles = rotary.at(scope.arange(0, batch.width(), 1, DataType.INT64));
        NDArray ids = scope.create(batch.ids(), new Shape(batch.rows(), batch.width()));
        NDArray x = Torch.embedding(ids, embedding);
        for (int i = 0; i < layers.size(); i++) {
            int layer = i;
            x = layers.get(i).forward(x, angles, (keys, values) -> sink.accept(layer, keys, values));
        }
        return x;
    }

    private NDArray logits(NDArray hidden) { // [n, hidden] to [n, vocabulary]
        return Torch.linear(Torch.rmsNorm(hidden, finalNorm, config.rmsNormEps()), output, null);
    }

    private NDArray rowsOf(NDArray x, NDArray index) { // [batch, time, kvHeads, headSize] to [n, kvHeads, headSize]
        return Torch.select(x.reshape(-1, config.keyValueHeads(), config.headSize()), 0, index);
    }

    private static long[] toArray(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        tables.close();
        weights.close();
    }
}
