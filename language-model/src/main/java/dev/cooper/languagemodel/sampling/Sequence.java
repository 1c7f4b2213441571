package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.Arrays;
import java.util.Optional;

/** A completion in the making: the token to be read next, its position, and what was drawn so far. */
final class Sequence {
    final int request;
    final int sample;
    final TokenIds prompt;
    final int most;
    private final long seed;
    private final Optional<StopSearch> stopSearch;
    private int[] drawn = new int[16];
    private float[] logProbs = new float[16];
    private int count;

    /**
     * A completion of a request.
     *
     * @param most tokens that it may have
     */
    Sequence(int request, int sample, SampleRequest source, int most, Optional<StopSearch> stopSearch) {
        this.request = request;
        this.sample = sample;
        this.prompt = source.prompt();
        this.seed = source.seeds().get(sample);
        this.most = most;
        this.stopSearch = stopSearch;
    }

    int count() {
        return count;
    }

    /** Whether it has as many tokens as it may have. */
    boolean isFull() {
        return count == most;
    }

    int position() {
        return prompt.size() - 1 + count;
    }

    int nextInput() {
        return count == 0 ? prompt.get(prompt.size() - 1) : drawn[count - 1];
    }

    float uniform() {
        return CounterRandom.uniformFloat(seed, count);
    }

    void add(int token, float logProb) {
        if (count == drawn.length) {
            drawn = Arrays.copyOf(drawn, 2 * count);
            logProbs = Arrays.copyOf(logProbs, 2 * count);
        }
        drawn[count] = token;
        logProbs[count++] = logProb;
    }

    /** Whether the token that was drawn last completes a stop string. */
    boolean holdsStop() {
        return stopSearch.isPresent() && stopSearch.get().foundAfter(drawn[count - 1], this);
    }

    TokenIds tokens() {
        return TokenIds.of(Arrays.copyOf(drawn, count));
    }

    Completion finish(FinishReason reason) {
        Completion completion = new Completion(tokens(), LogProbs.of(Arrays.copyOf(logProbs, count)), reason);
        return stopSearch.map(search -> search.cut(completion)).orElse(completion);
    }
}
