package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.torch.GradientMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Samples completions in batches. A prompt is read once for all its completions; a row whose completion ended takes the
 * next one that waits; when none waits, empty rows are dropped. It holds no memory between calls.
 */
public final class Sampler {
    private final CausalLanguageModel model;
    private final SpecialTokens specialTokens;
    private final SamplerLimits limits;

    /**
     * A sampler of a model.
     *
     * @throws IllegalArgumentException if the limits exceed the model's positions
     */
    public Sampler(CausalLanguageModel model, SpecialTokens specialTokens, SamplerLimits limits) {
        if (limits.contextLength() > model.config().maxPositions()) {
            throw new IllegalArgumentException("contextLength (%d) exceeds the model's max_position_embeddings (%d)"
                    .formatted(limits.contextLength(), model.config().maxPositions()));
        }
        this.model = model;
        this.specialTokens = specialTokens;
        this.limits = limits;
    }

    /**
     * Samples all requests.
     *
     * @param cancelled asked between tokens
     * @throws IllegalArgumentException naming a request whose prompt leaves no room for a token or has unknown ids
     * @throws CancellationException soon after {@code cancelled} says true
     */
    public SampleResult sample(List<SampleRequest> requests, SamplingSettings settings, BooleanSupplier cancelled) {
        return sample(requests, settings, cancelled, (request, completions) -> {});
    }

    /** As above, and tells of each request as soon as it is complete. */
    public SampleResult sample(
            List<SampleRequest> requests,
            SamplingSettings settings,
            BooleanSupplier cancelled,
            CompletedGroup listener) {
        checkPrompts(requests);
        long start = System.nanoTime();
        Groups groups = new Groups(requests, listener);
        try (GradientMode _ = GradientMode.off();
                Decoding decoding = new Decoding(model, specialTokens, limits, settings, groups)) {
            while (!decoding.done()) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("Sampling was cancelled");
                }
                decoding.advance();
            }
        }
        return groups.result(System.nanoTime() - start);
    }

    private void checkPrompts(List<SampleRequest> requests) {
        for (int i = 0; i < requests.size(); i++) {
            SampleRequest request = requests.get(i);
            if (request.prompt().size() >= limits.contextLength()) {
                throw new IllegalArgumentException(
                        "The prompt of request %d has %d tokens; with contextLength %d at most %d fit"
                                .formatted(
                                        i,
                                        request.prompt().size(),
                                        limits.contextLength(),
                                        limits.contextLength() - 1));
            }
            if (request.prompt().max() >= model.config().vocabSize()) {
                throw new IllegalArgumentException(
                        "The prompt of request %d has the token %d; the model's vocab_size is %d"
                                .formatted(
                                        i,
                                        request.prompt().max(),
                                        model.config().vocabSize()));
            }
        }
    }

    /** Collects completions until their groups are whole. */
    static final class Groups {
        final List<Sequence> sequences = new ArrayList<>();
        private final List<Completion[]> completions = new ArrayList<>();
        private final int[] missing;
        private final CompletedGroup listener;
        private long tokens;

        Groups(List<SampleRequest> requests, CompletedGroup listener) {
            this.listener = listener;
            this.missing = new int[requests.size()];
            for (int request = 0; request < missing.length; request++) {
                missing[request] = requests.get(request).seeds().size();
                completions.add(new Completion[missing[request]]);
                for (int sample = 0; sample < missing[request]; sample++) {
                    sequences.add(new Sequence(request, sample, requests.get(request)));
                }
            }
        }

        void finished(Sequence sequence, FinishReason reason) {
            tokens += sequence.count();
            completions.get(sequence.request)[sequence.sample] = sequence.finish(reason);
            if (--missing[sequence.request] == 0) {
                listener.accept(sequence.request, List.of(completions.get(sequence.request)));
            }
        }

        SampleResult result(long nanos) {
            return new SampleResult(
                    completions.stream().map(List::of).toList(),
                    new SamplingReport(sequences.size(), tokens, Duration.ofNanos(nanos)));
        }
    }
}
