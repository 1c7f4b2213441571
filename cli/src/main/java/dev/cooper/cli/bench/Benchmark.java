package dev.cooper.cli.bench;

import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.RewardNetwork;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.Advantages;
import dev.cooper.languagemodel.training.GrpoLossSettings;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.languagemodel.training.PolicySettings;
import dev.cooper.languagemodel.training.PolicyTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Does the works of a workload with a model, one at a time. */
public final class Benchmark implements AutoCloseable {
    private static final double LEARNING_RATE = 1e-6;
    private static final double NANOS = 1e9;

    private final BenchModel model;
    private final Workload workload;
    private final EngineSettings settings;
    private @Nullable PolicyTrainer trainer;
    private @Nullable RewardNetwork reward;
    private long measurements;

    /** A benchmark of a model, which the caller closes. */
    public Benchmark(BenchModel model, Workload workload, EngineSettings settings) {
        this.model = model;
        this.workload = workload;
        this.settings = settings;
    }

    /** Does a work once. The batch is that of works that take one. */
    public Measurement measure(Work work, int batch) {
        Task task = task(work, batch);
        ResidentMemory.resetPeak();
        long before = ResidentMemory.bytes();
        long start = System.nanoTime();
        Map<String, Double> parts = task.run();
        double seconds = (System.nanoTime() - start) / NANOS;
        return new Measurement(work, task.size(), seconds, parts, before, ResidentMemory.peakBytes());
    }

    /** What is timed, and its size; the seconds of its parts are its result. */
    private record Task(Measurement.Size size, Timed timed) {
        Map<String, Double> run() {
            return timed.run();
        }
    }

    @FunctionalInterface
    private interface Timed {
        Map<String, Double> run();
    }

    private Task task(Work work, int batch) {
        int vocabulary = network().config().vocabSize();
        long measurement = measurements++;
        return switch (work) {
            case PREFILL -> {
                int length = workload.prefillPrompt();
                yield sampling(workload.batch(batch, length, vocabulary, measurement), 1);
            }
            case DECODE -> {
                int length = workload.shortPrompt();
                yield sampling(workload.batch(batch, length, vocabulary, measurement), workload.decoded());
            }
            case ROLLOUTS ->
                sampling(
                        workload.rollouts(vocabulary, measurement),
                        workload.lengths().most());
            case TRAINING_RAGGED -> training(workload.ragged(vocabulary));
            case TRAINING_EQUAL -> training(workload.equal(vocabulary));
            case GRPO_STEP -> step(workload.rollouts(vocabulary, measurement));
            case SCORE -> scoring(workload.ragged(vocabulary));
        };
    }

    private CausalLanguageModel network() {
        return model.network();
    }

    private Task sampling(List<SampleRequest> requests, int maxNewTokens) {
        Sampler sampler = sampler();
        SamplingSettings drawing = SamplingSettings.plain(maxNewTokens);
        return new Task(Measurement.Size.of(requests, maxNewTokens), () -> {
            sampler.sample(requests, drawing, () -> false);
            return Map.of();
        });
    }

    private Sampler sampler() {
        return new Sampler(network(), model.endless(), settings.sampler());
    }

    private Task training(List<PolicySequence> sequences) {
        PolicyTrainer ready = trainer();
        return new Task(Measurement.Size.of(sequences), () -> {
            ready.update(sequences, LEARNING_RATE);
            return Map.of();
        });
    }

    private Task step(List<SampleRequest> requests) {
        int most = workload.lengths().most();
        Sampler sampler = sampler();
        PolicyTrainer ready = trainer();
        return new Task(Measurement.Size.of(requests, most), () -> {
            long start = System.nanoTime();
            List<List<Completion>> groups = sampler.sample(requests, SamplingSettings.plain(most), () -> false)
                    .groups();
            long sampled = System.nanoTime();
            ready.update(rewarded(requests, groups), LEARNING_RATE);
            long trained = System.nanoTime();
            return Map.of("sampling", (sampled - start) / NANOS, "training", (trained - sampled) / NANOS);
        });
    }

    private Task scoring(List<PolicySequence> sequences) {
        RewardNetwork ready = reward();
        List<TokenIds> texts = sequences.stream().map(Benchmark::together).toList();
        return new Task(Measurement.Size.of(sequences), () -> {
            RewardModel.logits(ready, texts, settings.scoringBudget());
            return Map.of();
        });
    }

    private static TokenIds together(PolicySequence sequence) {
        return TokenIds.of(IntStream.concat(
                        Arrays.stream(sequence.prompt().toArray()),
                        Arrays.stream(sequence.completion().toArray()))
                .toArray());
    }

    /** The model's layers with a new head: what it says is nothing, what it costs is a reward model's. */
    private RewardNetwork reward() {
        if (reward == null) {
            reward = RewardNetwork.fromBase(network(), workload.seed());
        }
        return reward;
    }

    private static List<PolicySequence> rewarded(List<SampleRequest> requests, List<List<Completion>> groups) {
        List<PolicySequence> sequences = new ArrayList<>();
        for (int place = 0; place < groups.size(); place++) {
            List<Completion> group = groups.get(place);
            double[] rewards = group.stream().mapToDouble(Benchmark::evenShare).toArray();
            double[] advantages = Advantages.groupRelative(rewards, Advantages.Options.STANDARD);
            for (int sample = 0; sample < rewards.length; sample++) {
                Completion completion = group.get(sample);
                sequences.add(new PolicySequence(
                        requests.get(place).prompt(), completion.tokens(), completion.logProbs(), advantages[sample]));
            }
        }
        return sequences;
    }

    /** The reward: any that is cheap and differs between completions would do. */
    private static double evenShare(Completion completion) {
        int even = 0;
        for (int i = 0; i < completion.tokens().size(); i++) {
            even += 1 - completion.tokens().get(i) % 2;
        }
        return even / (double) completion.tokens().size();
    }

    /** One for all measurements: its optimiser's state is made outside of them. */
    private PolicyTrainer trainer() {
        if (trainer == null) {
            trainer = new PolicyTrainer(network(), Optional.empty(), training());
        }
        return trainer;
    }

    /** Without dual clipping, which not all others have. */
    private PolicySettings training() {
        return new PolicySettings(
                GrpoLossSettings.STANDARD.withDualClip(0),
                AdamWSettings.STANDARD,
                1,
                1,
                settings.tokenBudget(),
                settings.checkpointing());
    }

    @Override
    public void close() {
        if (trainer != null) {
            trainer.close();
        }
        if (reward != null) {
            reward.close();
        }
    }
}
