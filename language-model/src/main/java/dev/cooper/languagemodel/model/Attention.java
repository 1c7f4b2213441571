package dev.cooper.languagemodel.model;

import ai.djl.ndarray.NDArray;
import dev.cooper.languagemodel.torch.Torch;

/** What a layer's queries read. */
@FunctionalInterface
interface Attention {
    /**
     * Attends.
     *
     * @param q rotated queries, [tokens, heads, headSize]
     * @param k rotated keys, [tokens, kvHeads, headSize]
     * @param v values, [tokens, kvHeads, headSize]
     * @return [tokens, heads·headSize], owned by the queries' manager
     */
    NDArray attend(int layer, NDArray q, NDArray k, NDArray v);

    /** Each token reads its own sequence up to itself. */
    static Attention within(TokenBatch batch) {
        int[] counts = batch.runs().stream().mapToInt(TokenBatch.Run::count).toArray();
        int[] lengths = batch.runs().stream().mapToInt(TokenBatch.Run::length).toArray();
        return (_, q, k, v) -> Torch.packedAttention(q, k, v, counts, lengths);
    }

    /** Each row reads its cache up to its position, after its own key and value were written there. */
    static Attention over(KeyValueCache cache, NDArray slots, NDArray mask, int length) {
        return (layer, q, k, v) -> {
            KeyValueCache.Layer part = cache.layer(layer);
            part.write(slots, k, v);
            return Torch.cachedAttention(q, part.keys(), part.values(), mask, length);
        };
    }
}
