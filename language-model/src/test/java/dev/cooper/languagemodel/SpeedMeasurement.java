package dev.cooper.languagemodel;

import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.config.SpecialTokens;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.random.CounterRandom;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.SampleResult;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.GrpoLossSettings;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.languagemodel.training.PolicySettings;
import dev.cooper.languagemodel.training.PolicyTrainer;
import dev.cooper.languagemodel.training.SupervisedTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Prints how fast a model of 316 thousand parameters is sampled and trained on this machine; not a test. */
public final class SpeedMeasurement {
    private static final int VOCABULARY = 110;
    private static final ModelConfig CONFIG =
            ModelConfig.small(new ModelConfig.Size(96, 256, 3, 4, 2), VOCABULARY, 256);

    private SpeedMeasurement() {}

    /** Argument: repetitions. */
    public static void main(String[] arguments) {
        int repetitions = Integer.parseInt(arguments[0]);
        try (CausalLanguageModel model = LanguageModel.initialiseNetwork(CONFIG, 1)) {
            System.out.println(TorchEngine.describe() + ", " + model.weights().count() + " parameters");
            for (boolean deterministic : new boolean[] {false, true}) {
                decode(model, deterministic, repetitions);
            }
            for (int budget : new int[] {1024, 2048, 4096, 8192}) {
                supervised(model, budget, repetitions);
                policy(model, budget, 1, repetitions);
            }
            policy(model, 2048, 2, repetitions);
            System.out.println("resident " + residentMegabytes() + " MB");
        }
    }

    private static void decode(CausalLanguageModel model, boolean deterministic, int repetitions) {
        // An id beyond the vocabulary never ends a completion, so each has exactly 27 tokens.
        SpecialTokens never = new SpecialTokens(TokenIds.of(VOCABULARY), 0);
        Sampler sampler = new Sampler(model, never, new SamplerLimits(128, 64, deterministic));
        for (int i = 0; i < repetitions; i++) {
            SampleResult result = sampler.sample(requests(16, 8), SamplingSettings.plain(27), () -> false);
            System.out.printf(
                    "decode 128 x 27 deterministic=%b: %.0f ms, %.0f tokens/s%n",
                    deterministic,
                    result.report().duration().toNanos() / 1e6,
                    result.report().tokensPerSecond());
        }
    }

    private static void supervised(CausalLanguageModel model, int budget, int repetitions) {
        List<ScoredSequence> batch = IntStream.range(0, 64)
                .mapToObj(i -> new ScoredSequence(tokens(111, i), 30))
                .toList();
        try (SupervisedTrainer trainer = new SupervisedTrainer(model, AdamWSettings.STANDARD, budget)) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                long start = System.nanoTime();
                trainer.step(batch, 0);
                times.add((System.nanoTime() - start) / 1e6);
            }
            System.out.printf("supervised 64 x 111, budget %d: %.0f ms at best, %s%n", budget, min(times), times);
        }
    }

    private static void policy(CausalLanguageModel model, int budget, int miniBatches, int repetitions) {
        List<PolicySequence> sequences = new ArrayList<>();
        for (int slot = 0; slot < 16; slot++) {
            for (int sample = 0; sample < 8; sample++) {
                TokenIds completion = tokens(27, 100L * slot + sample);
                float[] logProbs = new float[27];
                sequences.add(new PolicySequence(
                        tokens(30, slot), completion, LogProbs.of(logProbs), sample % 2 == 0 ? 1 : -1));
            }
        }
        PolicySettings settings =
                new PolicySettings(GrpoLossSettings.STANDARD, AdamWSettings.STANDARD, 1, miniBatches, budget, false);
        try (PolicyTrainer trainer = new PolicyTrainer(model, Optional.empty(), settings)) {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                long start = System.nanoTime();
                trainer.update(sequences, 0);
                times.add((System.nanoTime() - start) / 1e6);
            }
            System.out.printf(
                    "policy 128 x 57, %d mini-batches, budget %d: %.0f ms at best, %s%n",
                    miniBatches, budget, min(times), times);
        }
    }

    private static List<SampleRequest> requests(int prompts, int samples) {
        return IntStream.range(0, prompts)
                .mapToObj(slot -> SampleRequest.group(tokens(30, slot), samples, 1, 0, slot))
                .toList();
    }

    private static TokenIds tokens(int length, long seed) {
        return TokenIds.of(IntStream.range(0, length)
                .map(i -> CounterRandom.integer(seed, i, VOCABULARY))
                .toArray());
    }

    private static double min(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** Resident memory of this process, Linux only. */
    static long residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                            .filter(line -> line.startsWith("VmRSS"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum()
                    / 1024;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
