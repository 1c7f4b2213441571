package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.torch.GradientMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Samples completions in batches. A prompt is read once for all its completions; a row whose completion ended takes the
 * next one that waits; when none waits, empty rows are dropped. It holds no memory between calls.
 */
public final class Sampler {
    private final CausalLanguageModel model;
    private final SpecialTokens specialTokens;
    private final Optional<Tokenizer> tokenizer;
    private final SamplerLimits limits;

    /**
     * A sampler of a model; its completions cannot end at stop strings, since it does not know their text.
     *
     * @throws IllegalArgumentException if the limits exceed the model's positions
     */
    public Sampler(CausalLanguageModel model, SpecialTokens specialTokens, SamplerLimits limits) {
        this(model, specialTokens, Optional.empty(), limits);
    }

    /**
     * A sampler of a model with its tokenizer, which says what ends a completion.
     *
     * @throws IllegalArgumentException if the limits exceed the model's positions
     */
    public Sampler(CausalLanguageModel model, Tokenizer tokenizer, SamplerLimits limits) {
        this(model, tokenizer.specialTokens(), Optional.of(tokenizer), limits);
    }

    private Sampler(
            CausalLanguageModel model,
            SpecialTokens specialTokens,
            Optional<Tokenizer> tokenizer,
            SamplerLimits limits) {
        if (limits.contextLength() > model.config().maxPositions()) {
            throw new IllegalArgumentException("contextLength (%d) exceeds the model's max_position_embeddings (%d)"
                    .formatted(limits.contextLength(), model.config().maxPositions()));
        }
        this.model = model;
        this.specialTokens = specialTokens;
        this.tokenizer = tokenizer;
        this.limits = limits;
    }

    /**
     * Samples all requests.
     *
     * @param cancelled asked between tokens
     * @throws IllegalArgumentException naming a request whose prompt leaves no room for a token or has unknown ids, or
     *     the setting that does not hold
     * @throws CancellationException soon after {@code cancelled} says true
     */
    public SampleResult sample(List<SampleRequest> requests, SamplingSettings settings, BooleanSupplier cancelled) {
        return sample(requests, settings, cancelled, (request, completions) -> {});
    }

    /** As above, and tells of each token and of each request as soon as it is complete. */
    public SampleResult sample(
            List<SampleRequest> requests,
            SamplingSettings settings,
            BooleanSupplier cancelled,
            SamplingListener listener) {
        if (!settings.stop().isEmpty() && tokenizer.isEmpty()) {
            throw new IllegalArgumentException("stop strings need a sampler that has the model's tokenizer");
        }
        checkPrompts(requests);
        long start = System.nanoTime();
        Groups groups = new Groups(listener);
        requests.forEach(request -> groups.add(request, () -> search(settings.stop())));
        try (GradientMode _ = GradientMode.off();
                Decoding decoding = new Decoding(model, specialTokens, limits, settings, groups)) {
            while (!decoding.done()) {
                if (cancelled.getAsBoolean()) {
                    throw new CancellationException("Sampling was cancelled");
                }
                decoding.advance();
            }
        }
        return groups.result(Duration.ofNanos(System.nanoTime() - start));
    }

    private Optional<StopSearch> search(StopStrings stop) {
        return stop.isEmpty() ? Optional.empty() : tokenizer.map(known -> new StopSearch(known, stop));
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
}
