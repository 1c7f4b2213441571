package dev.cooper.languagemodel.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.Decoder;
import dev.cooper.languagemodel.model.Decoder.Continuation;
import dev.cooper.languagemodel.model.KeyValueCache;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
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

    private final SpecialTokens specialTokens;
    private final SamplerLimits limits;
    private final SamplingSettings settings;
    private final Groups groups;
    private final Deque<Sequence> waiting;
    private final List<Sequence> rows = new ArrayList<>();
    private final Decoder decoder;
    private final KeyValueCache cache;

    Decoding(
            CausalLanguageModel model,
            SpecialTokens specialTokens,
            SamplerLimits limits,
            SamplingSettings settings,
            Groups groups) {
        this.specialTokens = specialTokens;
        this.limits = limits;
        this.settings = settings;
        this.groups = groups;
        waiting = new ArrayDeque<>(groups.sequences());
        int capacity = limits.deterministic() ? limits.contextLength() : longestWanted();
        int fitting = limits.requireFitting(model, capacity);
        decoder = model.decoder(
                limits.deterministic() ? fitting : Math.max(1, Math.min(fitting, waiting.size())), capacity);
        cache = decoder.cache();
    }

    private int longestWanted() {
        int longest = waiting.stream().mapToInt(s -> s.prompt.size()).max().orElse(1);
        return (int) Math.min(limits.contextLength(), (long) longest + settings.maxNewTokens());
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
        read(unread);
        cache.copy(copies);
    }

    private void read(List<Integer> unread) {
        int together = limits.deterministic() ? 1 : Math.max(1, unread.size());
        for (int from = 0; from < unread.size(); from += together) {
            List<TokenIds> prompts = new ArrayList<>();
            List<Continuation> continuations = new ArrayList<>();
            for (int row : unread.subList(from, from + together)) {
                continuations.add(new Continuation(prompts.size(), row));
                TokenIds prompt = rows.get(row).prompt;
                // The last token is read by the first decoding step, which needs its logits.
                prompts.add(prompt.slice(0, prompt.size() - 1));
            }
            decoder.prefill(TokenBatch.reading(prompts), continuations);
        }
    }

    private void step() {
        int computed = limits.deterministic() ? cache.rows() : roundUp(rows.size(), ROW_QUANTUM, cache.rows());
        long[] tokens = new long[computed];
        long[] positions = new long[computed];
        float[] uniforms = new float[computed];
        int last = 0;
        for (int row = 0; row < rows.size(); row++) {
            Sequence sequence = rows.get(row);
            tokens[row] = sequence.nextInput();
            positions[row] = sequence.position();
            uniforms[row] = sequence.uniform();
            last = Math.max(last, sequence.position());
        }
        int length = limits.deterministic() ? cache.capacity() : roundUp(last + 1, LENGTH_QUANTUM, cache.capacity());
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray logits = decoder.decode(scope, tokens, positions, length);
            TokenChoice choice = TokenChoice.of(logits, settings, uniforms);
            List<Integer> ended = new ArrayList<>();
            for (int row = 0; row < rows.size(); row++) {
                if (take(rows.get(row), choice.token(row), choice.logProb(row))) {
                    ended.add(row);
                }
            }
            free(ended);
        }
    }

    /** Adds the token to its sequence; returns whether that is its last one. */
    private boolean take(Sequence sequence, int token, float logProb) {
        sequence.add(token, logProb);
        groups.drawn(sequence, token);
        boolean ended = specialTokens.ends(token) || sequence.holdsStop();
        if (ended || sequence.isFull(settings, limits)) {
            groups.finished(sequence, ended ? FinishReason.STOP : FinishReason.LENGTH);
            return true;
        }
        return false;
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
