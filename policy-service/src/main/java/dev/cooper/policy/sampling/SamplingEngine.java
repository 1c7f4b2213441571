package dev.cooper.policy.sampling;

import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.platform.failure.CooperException;
import dev.cooper.proto.v1.Completion;
import dev.cooper.proto.v1.ModelRef;
import dev.cooper.proto.v1.SamplingSettings;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** What draws completions. Used by one thread. */
public interface SamplingEngine extends AutoCloseable {

    /**
     * Makes sure that the version is the one that samples from now on.
     *
     * @throws CooperException MODEL_FAULT if it cannot be loaded
     */
    void use(String runId, ModelRef version);

    /**
     * Tokens of a prompt.
     *
     * @throws CooperException BAD_INPUT if it has none, or so many that no completion fits behind them
     */
    TokenIds encode(String prompt);

    /**
     * Samples one completion for every seed of every prompt. A completion is a function of prompt, seed, settings and
     * version, up to the rounding of what else is sampled (none with deterministic settings).
     *
     * @param cancelled asked between tokens
     * @throws CancellationException soon after cancelled says true
     */
    void sample(List<Prompt> prompts, SamplingSettings settings, BooleanSupplier cancelled, Finished finished);

    @Override
    void close();

    /**
     * A prompt and the completions wanted.
     *
     * @param seeds one a completion; with the position of a token they make its noise
     */
    record Prompt(TokenIds tokens, List<Long> seeds) {
        public Prompt {
            seeds = List.copyOf(seeds);
        }
    }

    /** Told of each prompt as soon as all its completions are there, on the thread that samples. */
    @FunctionalInterface
    interface Finished {

        /**
         * Takes the completions of a prompt, in the order of its seeds.
         *
         * @param prompt its place among the prompts
         */
        void accept(int prompt, List<Completion> completions);
    }
}
