package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.Decoder;
import dev.cooper.languagemodel.tokenizer.Tokenizer;
import dev.cooper.languagemodel.torch.GradientMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

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
        Groups groups = new Groups(specialTokens, listener);
        for (SampleRequest request : requests) {
            int room = limits.contextLength() - request.prompt().size();
            groups.add(request, Math.min(settings.maxNewTokens(), room), () -> search(settings.stop()));
        }
        try (GradientMode _ = GradientMode.off()) {
            sample(groups, settings, cancelled);
        }
        return groups.result(Duration.ofNanos(System.nanoTime() - start));
    }

    private void sample(Groups groups, SamplingSettings settings, BooleanSupplier cancelled) {
        SortedMap<Integer, List<Sequence>> byPositions = byPositions(groups.sequences());
        if (!byPositions.isEmpty()) {
            limits.requireFitting(model, byPositions.lastKey());
        }
        byPositions.forEach((positions, sequences) -> {
            int fitting = limits.fitting(model, positions);
            int rows = limits.deterministic() ? fitting : Math.min(fitting, sequences.size());
            Decoder decoder = model.decoder(limits.precision(), rows, positions);
            try (Decoding decoding = new Decoding(decoder, limits.deterministic(), settings, groups, sequences)) {
                while (!decoding.done()) {
                    if (cancelled.getAsBoolean()) {
                        throw new CancellationException("Sampling was cancelled");
                    }
                    decoding.advance();
                }
            }
        });
    }

    /** Together, but where positions are part of what a completion depends on. */
    private SortedMap<Integer, List<Sequence>> byPositions(List<Sequence> sequences) {
        ToIntFunction<Sequence> positions = sequence -> limits.positions(sequence.prompt.size(), sequence.most);
        int most = sequences.stream().mapToInt(positions).max().orElse(0);
        return sequences.stream()
                .collect(Collectors.groupingBy(
                        sequence -> limits.deterministic() ? positions.applyAsInt(sequence) : most,
                        TreeMap::new,
                        Collectors.toList()));
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
