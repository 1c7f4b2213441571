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
 */
public record SampleRequest(TokenIds prompt, List<Long> seeds) {
    public SampleRequest {
        if (prompt.size() == 0) {
            throw new IllegalArgumentException("The prompt has no tokens; give at least one");
        }
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("No seeds: a request needs one for each completion wanted");
        }
        seeds = List.copyOf(seeds);
    }

    /** A group of completions of one prompt, seeded by (seed, step, slot, sample). */
    public static SampleRequest group(TokenIds prompt, int samples, long seed, long step, long slot) {
        return new SampleRequest(
                prompt,
                LongStream.range(0, samples)
                        .mapToObj(sample -> CounterRandom.key(seed, step, slot, sample))
                        .toList());
    }
}
