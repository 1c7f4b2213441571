package dev.cooper.pretraining;

import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.FinishReason;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Samples texts from a model; a function of the weights, the prompts and a seed. */
final class TextSampler {
    /** Longest completion that is sampled; the longest right solution has about 50 tokens. */
    static final int MAX_NEW_TOKENS = 64;

    private static final int ROWS = 64;

    private final LanguageModel model;

    TextSampler(LanguageModel model) {
        this.model = model;
    }

    /**
     * A sampled text.
     *
     * @param ended whether the model ended it, and not the limit
     * @param tokens its length
     */
    record Text(String text, boolean ended, int tokens) {}

    /** As many texts a prompt as asked, in the prompts' order; temperature 0 takes the likeliest tokens. */
    List<List<Text>> sample(List<String> prompts, int each, double temperature, long seed) {
        if (prompts.isEmpty()) {
            return List.of();
        }
        List<SampleRequest> requests = new ArrayList<>(prompts.size());
        for (String prompt : prompts) {
            long key = CounterRandom.key(seed, requests.size());
            List<Long> seeds = LongStream.range(0, each)
                    .mapToObj(i -> CounterRandom.key(key, i))
                    .toList();
            requests.add(new SampleRequest(model.tokenizer().encode(prompt), seeds));
        }
        int longest = requests.stream().mapToInt(r -> r.prompt().size()).max().orElseThrow();
        SamplerLimits limits = new SamplerLimits(ROWS, longest + MAX_NEW_TOKENS, false);
        return new Sampler(model.network(), model.tokenizer().specialTokens(), limits)
                        .sample(requests, new SamplingSettings(temperature, 1, 0, MAX_NEW_TOKENS), () -> false)
                        .groups()
                        .stream()
                        .map(group -> group.stream().map(this::text).toList())
                        .toList();
    }

    private Text text(Completion completion) {
        return new Text(
                model.tokenizer().decodeText(completion.tokens()),
                completion.finishReason() == FinishReason.STOP,
                completion.tokens().size());
    }
}
