package dev.cooper.languagemodel.sampling;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.util.Arrays;

/** A completion in the making: the token to be read next, its position, and what was drawn so far. */
final class Sequence {
    final int request;
    final int sample;
    final TokenIds prompt;
    private final long seed;
    private int[] drawn = new int[16];
    private float[] logProbs = new float[16];
    private int count;

    Sequence(int request, int sample, SampleRequest source) {
        this.request = request;
        this.sample = sample;
        this.prompt = source.prompt();
        this.seed = source.seeds().get(sample);
    }

    int count() {
        return count;
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

    Completion finish(FinishReason reason) {
        return new Completion(
                TokenIds.of(Arrays.copyOf(drawn, count)), LogProbs.of(Arrays.copyOf(logProbs, count)), reason);
    }
}
