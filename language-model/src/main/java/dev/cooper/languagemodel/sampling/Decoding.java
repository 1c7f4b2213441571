package dev.cooper.languagemodel.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.CausalLanguageModel.Continuation;
import dev.cooper.languagemodel.model.KeyValueCache;
import dev.cooper.languagemodel.model.TokenBatch;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one sampling call: sequences wait, take free rows, are read, and advance by a token at a time. */
final class Decoding implements AutoCloseable {
    /** Cache positions are read in multiples of this, so that few shapes occur. */
    private static final int LENGTH_QUANTUM = 16;

    /** Free rows are filled when they are one in this many: reading prompts one by one costs more than idle rows. */
    private static final int REFILL_SHARE = 8;

    private final CausalLanguageModel model;
    private final SpecialTokens specialTokens;
    private final SamplerLimits limits;
    private final SamplingSettings settings;
    private final Groups groups;
    private final Deque<Sequence> waiting;
    private final KeyValueCache cache;
    private @Nullable Sequence[] rows;
    private int active;

    Decoding(
            CausalLanguageModel model,
            SpecialTokens specialTokens,
            SamplerLimits limits,
            SamplingSettings settings,
            Groups groups) {
        this.model = model;
        this.specialTokens = specialTokens;
        this.limits = limits;
        this.settings = settings;
        this.groups = groups;
        waiting = new ArrayDeque<>(groups.sequences());
        int capacity = limits.deterministic() ? limits.contextLength() : longestWanted();
        int fitting = limits.requireFitting(model, capacity);
        rows = new Sequence[limits.deterministic() ? fitting : Math.max(1, Math.min(fitting, waiting.size()))];
        cache = model.newCache(rows.length, capacity);
    }

    private int longestWanted() {
        int longest = waiting.stream().mapToInt(s -> s.prompt.size()).max().orElse(1);
        return (int) Math.min(limits.contextLength(), (long) longest + settings.maxNewTokens());
    }

    boolean done() {
        return active == 0 && waiting.isEmpty();
    }

    void advance() {
        int free = rows.length - active;
        if (!waiting.isEmpty() && (active == 0 || free * REFILL_SHARE >= rows.length)) {
            admit();
        } else if (waiting.isEmpty() && !limits.deterministic() && 2 * active <= rows.length) {
            dropFreeRows();
        }
        step();
    }

    private void admit() {
        Map<Integer, List<Integer>> rowsByRequest = new LinkedHashMap<>();
        Map<Integer, TokenIds> prompts = new LinkedHashMap<>();
        for (int row = 0; row < rows.length && !waiting.isEmpty(); row++) {
            if (rows[row] == null) {
                Sequence next = waiting.remove();
                rows[row] = next;
                active++;
                rowsByRequest
                        .computeIfAbsent(next.request, _ -> new ArrayList<>())
                        .add(row);
                // The last token is read by the first decoding step, which needs its logits.
                prompts.putIfAbsent(next.request, next.prompt.slice(0, next.prompt.size() - 1));
            }
        }
        if (limits.deterministic()) {
            prompts.forEach((request, prompt) -> read(List.of(prompt), List.of(rowsByRequest.get(request))));
        } else {
            read(List.copyOf(prompts.values()), List.copyOf(rowsByRequest.values()));
        }
    }

    private void read(List<TokenIds> prompts, List<List<Integer>> rowsOfPrompts) {
        List<Continuation> continuations = new ArrayList<>();
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
            for (int row : rowsOfPrompts.get(prompt)) {
                continuations.add(new Continuation(prompt, row));
            }
        }
        model.prefill(TokenBatch.reading(prompts), continuations, cache);
    }

    private void dropFreeRows() {
        int[] kept = new int[active];
        Sequence[] left = new Sequence[active];
        int next = 0;
        for (int row = 0; row < rows.length; row++) {
            Sequence sequence = rows[row];
            if (sequence != null) {
                kept[next] = row;
                left[next++] = sequence;
            }
        }
        cache.keepRows(kept);
        rows = left;
    }

    private void step() {
        long[] tokens = new long[rows.length];
        long[] positions = new long[rows.length];
        float[] uniforms = new float[rows.length];
        int last = 0;
        for (int row = 0; row < rows.length; row++) {
            Sequence sequence = rows[row];
            if (sequence != null) {
                tokens[row] = sequence.nextInput();
                positions[row] = sequence.position();
                uniforms[row] = sequence.uniform();
                last = Math.max(last, sequence.position());
            }
        }
        int length = limits.deterministic() ? cache.capacity() : Math.min(cache.capacity(), roundUp(last + 1));
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray logits = model.decode(scope, tokens, positions, cache, length);
            TokenChoice choice = TokenChoice.of(logits, settings, uniforms);
            for (int row = 0; row < rows.length; row++) {
                Sequence sequence = rows[row];
                if (sequence != null) {
                    take(row, sequence, choice.token(row), choice.logProb(row));
                }
            }
        }
    }

    private void take(int row, Sequence sequence, int token, float logProb) {
        sequence.add(token, logProb);
        groups.drawn(sequence, token);
        boolean ended = specialTokens.ends(token) || sequence.holdsStop();
        if (ended || sequence.isFull(settings, limits)) {
            rows[row] = null;
            active--;
            groups.finished(sequence, ended ? FinishReason.STOP : FinishReason.LENGTH);
        }
    }

    private static int roundUp(int length) {
        return Math.ceilDiv(length, LENGTH_QUANTUM) * LENGTH_QUANTUM;
    }

    @Override
    public void close() {
        cache.close();
        Arrays.fill(rows, null);
    }
}
