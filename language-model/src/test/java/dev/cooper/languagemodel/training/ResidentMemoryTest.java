package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Memory of the process as Linux counts it, with a model of a million parameters and lengths that differ from step to
 * step. {@link MemoryTest} counts arrays instead, and is short.
 */
@Tag("long")
class ResidentMemoryTest {
    private static final int FIRST = 50;
    private static final int STEPS = 1000;
    private static final int SEQUENCES = 10_000;
    private static final int GROUP = 10;
    private static final double MOST_GROWTH = 1.05;
    private static final int VOCABULARY = 2048;
    private static final ModelConfig CONFIG =
            ModelConfig.small(new ModelConfig.Size(128, 384, 4, 4, 2), VOCABULARY, 256);

    @Test
    void aThousandTrainingStepsTakeNoMoreMemoryThanFifty() {
        assumeThat(Path.of("/proc/self/status")).exists();
        try (CausalLanguageModel policy = LanguageModel.initialiseNetwork(CONFIG, 7);
                PolicyTrainer trainer = new PolicyTrainer(policy, Optional.empty(), PolicySettings.STANDARD)) {
            long after = 0;
            for (int step = 1; step <= STEPS; step++) {
                trainer.update(sequences(step), 1e-5);
                if (step == FIRST) {
                    after = resident("training steps", step);
                }
            }
            assertThat((double) resident("training steps", STEPS)).isLessThan(after * MOST_GROWTH);
        }
    }

    @Test
    void tenThousandSequencesTakeNoMoreMemoryThanFifty() {
        assumeThat(Path.of("/proc/self/status")).exists();
        try (CausalLanguageModel policy = LanguageModel.initialiseNetwork(CONFIG, 7)) {
            SpecialTokens never = new SpecialTokens(TokenIds.of(VOCABULARY), 0);
            Sampler sampler = new Sampler(policy, never, new SamplerLimits(64, 256, false));
            long after = 0;
            for (int sampled = 0; sampled < SEQUENCES; sampled += FIRST) {
                List<List<Completion>> groups = sampler.sample(
                                requests(sampled), SamplingSettings.plain(96), () -> false)
                        .groups();
                assertThat(groups).hasSize(FIRST / GROUP);
                if (sampled == 0) {
                    after = resident("sequences", FIRST);
                }
            }
            assertThat((double) resident("sequences", SEQUENCES)).isLessThan(after * MOST_GROWTH);
        }
    }

    private static List<PolicySequence> sequences(int step) {
        List<PolicySequence> sequences = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            long key = CounterRandom.key(step, i);
            TokenIds completion = tokens(1 + CounterRandom.integer(key, 0, 96), key);
            sequences.add(new PolicySequence(
                    tokens(8 + CounterRandom.integer(key, 1, 24), key + 1),
                    completion,
                    LogProbs.of(new float[completion.size()]),
                    i % 2 == 0 ? 1 : -1));
        }
        return sequences;
    }

    private static List<SampleRequest> requests(int sampled) {
        return IntStream.range(0, FIRST / GROUP)
                .mapToObj(i -> {
                    long key = CounterRandom.key(sampled, i);
                    List<Integer> limits = IntStream.range(0, GROUP)
                            .mapToObj(sample -> 1 + CounterRandom.integer(key, sample, 96))
                            .toList();
                    return SampleRequest.group(tokens(8 + CounterRandom.integer(key, 99, 24), key), GROUP, key, 0, 0)
                            .withLimits(limits);
                })
                .toList();
    }

    private static TokenIds tokens(int length, long key) {
        return TokenIds.of(IntStream.range(0, length)
                .map(i -> CounterRandom.integer(key, i, VOCABULARY))
                .toArray());
    }

    private static long resident(String what, int count) {
        try {
            long bytes = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
            System.out.printf("resident after %d %s: %.1f MiB%n", count, what, bytes / (double) (1 << 20));
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
