package dev.cooper.languagemodel.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.model.Decoder;
import dev.cooper.languagemodel.model.Decoder.Continuation;
import dev.cooper.languagemodel.model.KeyValueCache;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one sampling call: sequences wait, take free rows, and advance by a token at a time. Sequence i has row i
 * of the cache: where one ends, the last one takes its row, so that no row without a sequence is computed.
 */
final class Decoding implements AutoCloseable {
    /** Cache positions and rows are computed in multiples of these, so that few shapes occur. */
    private static final int LENGTH_QUANTUM = 16;

    private static final int ROW_QUANTUM = 4;

    /** Prompts are read when one row in this many is free: reading them one by one costs more than idle rows. */
    private static final int REFILL_SHARE = 8;

    /** Prompts are read together up to so many tokens, at a multiple of the other: memory, and few shapes. */
    private static final int MOST_READ = 4096;

    private static final int READ_QUANTUM = 32;

    private static final TokenIds FILLER = TokenIds.of(0);

    private final Decoder decoder;
    private final boolean fixed;
    private final SamplingSettings settings;
    private final Groups groups;
    private final Deque<Sequence> waiting;
    private final List<Sequence> rows = new ArrayList<>();
    private final KeyValueCache cache;

    /**
     * Sequences to be drawn by a decoder, which is taken over.
     *
     * @param fixed computes all of the decoder's rows and positions, whatever is in them
     */
    Decoding(Decoder decoder, boolean fixed, SamplingSettings settings, Groups groups, List<Sequence> sequences) {
        this.decoder = decoder;
        this.fixed = fixed;
        this.settings = settings;
        this.groups = groups;
        waiting = new ArrayDeque<>(sequences);
        cache = decoder.cache();
    }

    boolean done() {
        return rows.isEmpty() && waiting.isEmpty();
    }

    void advance() {
        if (!waiting.isEmpty()) {
            admit();
        }
        step();
    }

    /** The completions of a prompt enter as soon as rows are free while one of them still has the prompt's keys. */
    private void admit() {
        boolean reads = rows.isEmpty() || (cache.rows() - rows.size()) * REFILL_SHARE >= cache.rows();
        Map<Integer, Integer> rowsWithPrompt = new HashMap<>();
        for (int row = 0; row < rows.size(); row++) {
            rowsWithPrompt.put(rows.get(row).request, row);
        }
        List<KeyValueCache.Copy> copies = new ArrayList<>();
        List<Integer> unread = new ArrayList<>();
        while (!waiting.isEmpty() && rows.size() < cache.rows()) {
            Sequence next = waiting.element();
            Integer sibling = rowsWithPrompt.get(next.request);
            if (sibling != null) {
                copies.add(new KeyValueCache.Copy(sibling, rows.size(), next.prompt.size() - 1));
            } else if (reads) {
                unread.add(rows.size());
                rowsWithPrompt.put(next.request, rows.size());
            } else {
                break;
            }
            rows.add(waiting.remove());
        }
        int longest = rows.stream().mapToInt(row -> row.prompt.size()).max().orElse(0);
        makeRoom(roundUp(longest + LENGTH_QUANTUM, LENGTH_QUANTUM, cache.capacity()));
        read(unread);
        cache.copy(copies);
    }

    private void read(List<Integer> unread) {
        int from = 0;
        while (from < unread.size()) {
            int to = from;
            int tokens = 0;
            do {
                tokens += rows.get(unread.get(to++)).prompt.size();
            } while (!fixed
                    && to < unread.size()
                    && tokens + rows.get(unread.get(to)).prompt.size() <= MOST_READ);
            readTogether(unread.subList(from, to));
            from = to;
        }
    }

    private void readTogether(List<Integer> unread) {
        List<TokenIds> prompts = new ArrayList<>();
        List<Continuation> continuations = new ArrayList<>();
        int tokens = 0;
        for (int row : unread) {
            continuations.add(new Continuation(prompts.size(), row));
            TokenIds prompt = rows.get(row).prompt;
            // The last token is read by the first decoding step, which needs its logits.
            prompts.add(prompt.slice(0, prompt.size() - 1));
            tokens += prompt.size() - 1;
        }
        prompts.addAll(Collections.nCopies(roundUp(tokens, READ_QUANTUM, Integer.MAX_VALUE) - tokens, FILLER));
        decoder.prefill(TokenBatch.reading(prompts), continuations);
    }

    private void makeRoom(int positions) {
        int needed = !fixed && waiting.isEmpty() ? roundUp(rows.size(), ROW_QUANTUM, cache.rows()) : cache.rows();
        cache.reserve(needed, fixed ? cache.capacity() : positions);
    }

    private void step() {
        int last = rows.stream().mapToInt(Sequence::position).max().orElse(0);
        int length = fixed ? cache.capacity() : roundUp(last + 1, LENGTH_QUANTUM, cache.capacity());
        makeRoom(length);
        int computed = fixed ? cache.rows() : roundUp(rows.size(), ROW_QUANTUM, cache.rows());
        long[] tokens = new long[computed];
        long[] positions = new long[computed];
        float[] uniforms = new float[computed];
        for (int row = 0; row < rows.size(); row++) {
            Sequence sequence = rows.get(row);
            tokens[row] = sequence.nextInput();
            positions[row] = sequence.position();
            uniforms[row] = sequence.uniform();
        }
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray logits = decoder.decode(scope, tokens, positions, length);
            TokenChoice choice = TokenChoice.of(logits, settings, uniforms);
            List<Integer> ended = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                if (groups.take(rows.get(row), choice.token(row), choice.logProb(row))) {
                    ended.add(row);
                }
            }
            free(ended);
        }
    }

    /** Takes sequences out; the last ones that stay move to the rows that become free. */
    private void free(List<Integer> ended) {
        int left = rows.size() - ended.size();
        List<KeyValueCache.Copy> copies = new ArrayList<>();
        int from = rows.size() - 1;
        for (int to : ended) {
            if (to >= left) {
                break;
            }
            while (ended.contains(from)) {
                from--;
            }
            copies.add(new KeyValueCache.Copy(from, to, rows.get(from).position()));
            rows.set(to, rows.get(from));
            from--;
        }
        rows.subList(left, rows.size()).clear();
        cache.copy(copies);
    }

    private static int roundUp(int value, int quantum, int most) {
        return Math.min(most, Math.ceilDiv(value, quantum) * quantum);
    }

    @Override
    public void close() {
        decoder.close();
        rows.clear();
    }
}
