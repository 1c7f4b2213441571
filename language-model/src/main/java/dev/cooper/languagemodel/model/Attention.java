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
    NDArray attend(NDArray q, NDArray k, NDArray v);

    /** Each token reads its own sequence up to itself. */
    static Attention within(TokenBatch batch) {
        int[] counts = batch.runs().stream().mapToInt(TokenBatch.Run::count).toArray();
        int[] lengths = batch.runs().stream().mapToInt(TokenBatch.Run::length).toArray();
        return (q, k, v) -> Torch.packedAttention(q, k, v, counts, lengths);
    }
}
