package dev.cooper.cli.bench;

import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.PolicySequence;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Prompts, completions and their lengths, all of them functions of a seed, so that others can make the same ones.
 *
 * @param prompts of rollouts and training
 * @param groupSize completions of each
 * @param promptLength of prefill, decode and equal training; 0 for each work's own
 * @param newTokens of decode and equal training; 0 for each work's own
 * @param lengths of completions in rollouts and ragged training
 */
public record Workload(
        long seed, int prompts, int groupSize, int promptLength, int newTokens, LengthDistribution lengths) {
    private static final int PREFILL_PROMPT = 256;
    private static final int SHORT_PROMPT = 32;
    private static final int DECODED = 128;
    private static final int TRAINED = 64;
    private static final int FEWEST = 16;
    private static final int SPREAD = 33;

    /** Ids below are other models' special tokens. */
    private static final int FIRST_TOKEN = 2;

    public Workload {
        require("--prompts", prompts, 1);
        require("--group-size", groupSize, 1);
        require("--prompt-length", promptLength, 0);
        require("--new-tokens", newTokens, 0);
    }

    private static void require(String option, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("%s must be at least %d, not %d".formatted(option, least, value));
        }
    }

    /** Tokens of a prompt that is read. */
    int prefillPrompt() {
        return promptLength > 0 ? promptLength : PREFILL_PROMPT;
    }

    /** Tokens of a prompt that is gone on from, or trained with. */
    int shortPrompt() {
        return promptLength > 0 ? promptLength : SHORT_PROMPT;
    }

    /** Tokens that decode draws. */
    int decoded() {
        return newTokens > 0 ? newTokens : DECODED;
    }

    private int trained() {
        return newTokens > 0 ? newTokens : TRAINED;
    }

    /** Tokens of each ragged prompt. */
    List<Integer> promptLengths() {
        long key = CounterRandom.key(seed, "prompt-length");
        return IntStream.range(0, prompts)
                .map(prompt -> FEWEST + CounterRandom.integer(key, prompt, SPREAD))
                .boxed()
                .toList();
    }

    /** Tokens of each completion, one prompt's after the other's. */
    List<Integer> completionLengths() {
        return IntStream.range(0, prompts * groupSize)
                .map(place -> lengths.length(seed, place))
                .boxed()
                .toList();
    }

    private TokenIds prompt(int place, int length, int vocabulary) {
        return tokens(CounterRandom.key(CounterRandom.key(seed, "prompt"), place), length, vocabulary);
    }

    private TokenIds completion(int place, int length, int vocabulary) {
        return tokens(CounterRandom.key(CounterRandom.key(seed, "completion"), place), length, vocabulary);
    }

    private static TokenIds tokens(long key, int length, int vocabulary) {
        return TokenIds.of(IntStream.range(0, length)
                .map(i -> FIRST_TOKEN + CounterRandom.integer(key, i, vocabulary - FIRST_TOKEN))
                .toArray());
    }

    /** As many different prompts of one length, one completion each. */
    List<SampleRequest> batch(int size, int length, int vocabulary, long measurement) {
        return IntStream.range(0, size)
                .mapToObj(p -> SampleRequest.group(prompt(p, length, vocabulary), 1, seed, measurement, p))
                .toList();
    }

    /** Ragged prompts, and a group of completions of each that end at their lengths. */
    List<SampleRequest> rollouts(int vocabulary, long measurement) {
        List<Integer> promptLengths = promptLengths();
        List<Integer> completionLengths = completionLengths();
        return IntStream.range(0, prompts)
                .mapToObj(p -> SampleRequest.group(
                                prompt(p, promptLengths.get(p), vocabulary), groupSize, seed, measurement, p)
                        .withLimits(completionLengths.subList(p * groupSize, (p + 1) * groupSize)))
                .toList();
    }

    /** Sequences of ragged lengths to train on. */
    List<PolicySequence> ragged(int vocabulary) {
        List<Integer> promptLengths = promptLengths();
        return sequences(vocabulary, promptLengths, completionLengths());
    }

    /** Sequences of equal lengths to train on. */
    List<PolicySequence> equal(int vocabulary) {
        return sequences(
                vocabulary,
                IntStream.range(0, prompts).map(_ -> shortPrompt()).boxed().toList(),
                IntStream.range(0, prompts * groupSize)
                        .map(_ -> trained())
                        .boxed()
                        .toList());
    }

    private List<PolicySequence> sequences(
            int vocabulary, List<Integer> promptLengths, List<Integer> completionLengths) {
        List<PolicySequence> sequences = new ArrayList<>();
        for (int place = 0; place < completionLengths.size(); place++) {
            int prompt = place / groupSize;
            int length = completionLengths.get(place);
            sequences.add(new PolicySequence(
                    prompt(prompt, promptLengths.get(prompt), vocabulary),
                    completion(place, length, vocabulary),
                    LogProbs.of(new float[length]),
                    place % groupSize % 2 == 0 ? 1 : -1));
        }
        return sequences;
    }
}
