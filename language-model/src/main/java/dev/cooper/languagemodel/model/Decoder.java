package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.torch.PackedMatrix;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences that grow by a token at a time: a model's weights as they were when this was made, and the keys and values
 * of what was read. Gradients are off where it is used. For one thread.
 *
 * <p>Each step reads all weights for a few rows. In float32 on a CPU the matrices of a model that no cache holds are
 * packed for that, which costs their size once more.
 */
public final class Decoder implements AutoCloseable {
    /** Below, weights stay in the processor's cache; above, a second copy is too much memory. In values. */
    private static final long FEWEST_PACKED = 4_000_000;

    private static final long MOST_PACKED = 250_000_000;

    private final CausalLanguageModel model;
    private final NDManager packed = TorchEngine.newManager();
    private final Backbone backbone;
    private final Linear output; // [vocabulary, hidden]
    private final KeyValueCache cache;

    Decoder(CausalLanguageModel model, int rows, int capacity) {
        this(model, rows, capacity, paysToPack(model));
    }

    Decoder(CausalLanguageModel model, int rows, int capacity, boolean packs) {
        this.model = model;
        backbone = packs
                ? model.backbone().with(model.weights(), Linear.packed(model.weights(), packed))
                : model.backbone();
        output = packs ? Linear.packed(model.outputMatrix(), packed) : model.output();
        cache = new KeyValueCache(TorchEngine.newManager(), model.config(), model.precision(), rows, capacity);
    }

    private static boolean paysToPack(CausalLanguageModel model) {
        long count = model.weights().count();
        return model.precision() == Precision.FLOAT32
                && PackedMatrix.available()
                && count >= FEWEST_PACKED
                && count <= MOST_PACKED;
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
        List<Long> sources = new ArrayList<>();
        List<Long> slots = new ArrayList<>();
        for (Continuation continuation : continuations) {
            for (int position = 0; position < prompts.length(continuation.prompt()); position++) {
                sources.add((long) prompts.start(continuation.prompt()) + position);
                slots.add(cache.slot(continuation.row(), position));
            }
        }
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray source = Transfers.send(scope, toArray(sources));
            NDArray slot = Transfers.send(scope, toArray(slots));
            // Prompts are many rows: the matrices as they are do as well.
            model.backbone()
                    .read(
                            scope,
                            prompts,
                            (layer, k, v) -> cache.layer(layer)
                                    .write(slot, Torch.select(k, 0, source), Torch.select(v, 0, source)));
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
        long[] slots = new long[positions.length];
        Arrays.setAll(slots, row -> cache.slot(row, Math.toIntExact(positions[row])));
        NDArray hidden = backbone.decode(
                Transfers.send(scope, tokens),
                Transfers.send(scope, positions),
                Transfers.send(scope, slots),
                cache,
                length);
        return backbone.output(hidden, output);
    }

    private static long[] toArray(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    @Override
    public void close() {
        cache.close();
        packed.close();
    }
}
