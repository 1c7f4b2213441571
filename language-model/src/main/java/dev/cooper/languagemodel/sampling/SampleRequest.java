package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A prompt and the completions wanted.
 *
 * @param prompt at least one token
 * @param seeds one a completion: it and the prompt determine what is drawn; see {@link CounterRandom#key(long, long,
 *     long, long)}
 * @param limits most tokens of each completion, below {@link SamplingSettings#maxNewTokens}; empty where that alone
 *     holds
 */
public record SampleRequest(TokenIds prompt, List<Long> seeds, List<Integer> limits) {
    public SampleRequest {
        if (prompt.size() == 0) {
            throw new IllegalArgumentException("The prompt has no tokens; give at least one");
        }
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("No seeds: a request needs one for each completion wanted");
        }
        if (!limits.isEmpty() && limits.size() != seeds.size()) {
            throw new IllegalArgumentException(
                    "%d limits for %d completions; give one each, or none".formatted(limits.size(), seeds.size()));
        }
        for (int limit : limits) {
            if (limit < 1) {
                throw new IllegalArgumentException("A completion has at least 1 token, and its limit is " + limit);
            }
        }
        seeds = List.copyOf(seeds);
        limits = List.copyOf(limits);
    }

    /** Completions that only the settings limit. */
    public SampleRequest(TokenIds prompt, List<Long> seeds) {
        this(prompt, seeds, List.of());
    }

    /** A group of completions of one prompt, seeded by (seed, step, slot, sample). */
    public static SampleRequest group(TokenIds prompt, int samples, long seed, long step, long slot) {
        return new SampleRequest(
                prompt,
                LongStream.range(0, samples)
                        .mapToObj(sample -> CounterRandom.key(seed, step, slot, sample))
                        .toList());
    }

    /** The same with a limit for each completion. */
    public SampleRequest withLimits(List<Integer> each) {
        return new SampleRequest(prompt, seeds, each);
    }

    int limit(int sample) {
        return limits.isEmpty() ? Integer.MAX_VALUE : limits.get(sample);
    }
}
