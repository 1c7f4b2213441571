package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.FusedLayer;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences that grow by a token at a time: a model's weights as they were when this was made, and the keys and values
 * of what was read. Gradients are off where it is used. For one thread.
 */
public final class Decoder implements AutoCloseable {
    private final Backbone backbone;
    private final DecodingWeights weights;
    private final KeyValueCache cache;

    /** Takes the weights over, and closes them. */
    Decoder(CausalLanguageModel model, DecodingWeights weights, int rows, int capacity) {
        this.weights = weights;
        backbone = model.backbone();
        cache = new KeyValueCache(TorchEngine.newManager(), model.config(), weights.precision(), rows, capacity);
    }

    /** What was read so far. */
    public KeyValueCache cache() {
        return cache;
    }

    /** A row of the cache that continues a prompt of a batch. */
    public record Continuation(int prompt, int row) {}

    /** Reads prompts: their keys and values are computed once, and copied to each of the rows that continue them. */
    public void prefill(TokenBatch prompts, List<Continuation> continuations) {
        if (prompts.tokens() == 0) {
            return;
        }
        cache.reserve(cache.rows(), prompts.longest());
        List<Long> sources = new ArrayList<>();
        List<Long> slots = new ArrayList<>();
        for (Continuation continuation : continuations) {
            for (int position = 0; position < prompts.length(continuation.prompt()); position++) {
                sources.add((long) prompts.start(continuation.prompt()) + position);
                slots.add(cache.slot(continuation.row(), position));
            }
        }
        int[] counts = prompts.runs().stream().mapToInt(TokenBatch.Run::count).toArray();
        int[] lengths = prompts.runs().stream().mapToInt(TokenBatch.Run::length).toArray();
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray source = Transfers.send(scope, toArray(sources));
            NDArray slot = Transfers.send(scope, toArray(slots));
            FusedLayer.Angles angles = backbone.angles(scope, prompts).fused();
            NDArray x = weights.embed(Transfers.send(scope, prompts.ids()));
            List<FusedLayer> layers = weights.layers();
            for (int i = 0; i < layers.size() - 1; i++) {
                NDArray before = x;
                x = layers.get(i).read(before, angles, cache.layer(i, slot), source, counts, lengths);
                before.close();
            }
            // Nothing is needed of the last layer's output: the first token that is drawn reads the prompt's last one.
            layers.getLast().readLast(x, angles, cache.layer(layers.size() - 1, slot), source);
        }
    }

    /**
     * Logits after one more token in each row, [rows, vocabulary], owned by {@code scope}. There may be fewer than the
     * cache has: the first ones.
     *
     * @param tokens the token of each row
     * @param positions its position; what the cache holds before it is read
     * @param length positions of the cache that are read, above every row's position
     */
    public NDArray decode(NDManager scope, long[] tokens, long[] positions, int length) {
        cache.reserve(cache.rows(), length);
        long[] slots = new long[positions.length];
        Arrays.setAll(slots, row -> cache.slot(row, Math.toIntExact(positions[row])));
        NDArray slot = Transfers.send(scope, slots);
        NDArray position = Transfers.send(scope, positions);
        NDArray mask = Torch.positionMask(position, length);
        FusedLayer.Angles angles = backbone.angles(position).fused();
        NDArray x = weights.embed(Transfers.send(scope, tokens));
        for (int i = 0; i < weights.layers().size(); i++) {
            x = weights.layers().get(i).decode(x, angles, cache.layer(i, slot), mask);
        }
        return weights.logits(x);
    }

    private static long[] toArray(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        cache.close();
        weights.close();
    }
}
