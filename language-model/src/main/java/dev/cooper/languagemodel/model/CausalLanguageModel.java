package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The language model: a configuration and its weights, and the computations on them. It keeps nothing else, so any
 * number of threads may read it at once; only training changes the weights. Whether gradients are recorded is the
 * caller's {@link dev.cooper.languagemodel.torch.GradientMode}.
 */
public final class CausalLanguageModel implements AutoCloseable {
    private final ModelConfig config;
    private final Weights weights;
    private final Backbone backbone;
    private final NDArray output; // [vocabulary, hidden]

    CausalLanguageModel(ModelConfig config, Weights weights) {
        this.config = config;
        this.weights = weights;
        backbone = new Backbone(config, weights);
        output = config.tiedEmbeddings() ? backbone.embedding() : weights.array(ParameterShapes.OUTPUT);
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
        NDArray chosen = backbone.forwardAt(scope, batch, batch.sources()); // [targets, hidden]
        return Torch.tokenLogProbs(backbone.output(chosen, output), scope.create(batch.targets()), temperature);
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
            backbone.forward(
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
        DecodeStep step = backbone.step(scope.create(positions), scope.create(slots), length);
        return backbone.output(backbone.decode(scope.create(tokens), step, cache), output);
    }

    private NDArray rowsOf(NDArray x, NDArray index) { // [batch, time, kvHeads, headSize] to [n, kvHeads, headSize]
        return Torch.select(x.reshape(-1, config.keyValueHeads(), config.headSize()), 0, index);
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
