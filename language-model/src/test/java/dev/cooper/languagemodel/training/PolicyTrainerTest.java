package dev.cooper.languagemodel.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cooper.languagemodel.InvalidModelException;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyTrainerTest {
    private static final double RATE = 1e-2;
    private static final PolicySettings SMALL_BATCHES = settings(GrpoLossSettings.STANDARD, 1, 60);

    @TempDir
    private Path folder;

    @Test
    void anUpdateMovesProbabilityTowardsAdvantage() {
        try (CausalLanguageModel policy = TestingModels.tiny();
                PolicyTrainer trainer = new PolicyTrainer(policy, Optional.empty(), SMALL_BATCHES)) {
            List<PolicySequence> sequences = sampled(policy, 1);
            SequenceScorer scorer = new SequenceScorer(policy, 1, 1000);
            List<ScoredSequence> tokens =
                    sequences.stream().map(PolicySequence::scored).toList();
            double before = weightedLogProb(sequences, scorer.score(tokens));
            PolicyMetrics metrics = trainer.update(sequences, RATE);
            assertThat(weightedLogProb(sequences, scorer.score(tokens))).isGreaterThan(before + 0.1);
            assertThat(metrics.optimizerSteps()).isEqualTo(1);
            assertThat(metrics.gradientNorm()).isPositive();
            assertThat(metrics.entropy()).isBetween(0.1, Math.log(TestingModels.VOCABULARY));
            assertThat(metrics.mismatchMax()).isLessThan(1e-4);
            assertThat(metrics.mismatchMean()).isPositive().isLessThan(metrics.mismatchMax());
            assertThat(metrics.clipLow() + metrics.clipHigh()).isZero();
            assertThat(metrics.tokens())
                    .isEqualTo(
                            tokens.stream().mapToLong(ScoredSequence::targets).sum());
        }
    }

    @Test
    void theSplitIntoMicroBatchesDoesNotChangeTheUpdate() {
        GrpoLossSettings loss = GrpoLossSettings.STANDARD.withKl(0.1, KlEstimator.K3);
        try (CausalLanguageModel a = TestingModels.tiny();
                CausalLanguageModel b = TestingModels.tiny();
                CausalLanguageModel reference = LanguageModel.initialiseNetwork(TestingModels.tinyConfig(true), 8);
                PolicyTrainer whole = new PolicyTrainer(a, Optional.of(reference), settings(loss, 1, 100_000));
                PolicyTrainer split = new PolicyTrainer(b, Optional.of(reference), settings(loss, 1, 25))) {
            List<PolicySequence> sequences = sampled(a, 1);
            PolicyMetrics one = whole.update(sequences, RATE);
            PolicyMetrics other = split.update(sequences, RATE);
            assertThat(other.loss()).isCloseTo(one.loss(), within(1e-5));
            assertThat(other.gradientNorm()).isCloseTo(one.gradientNorm(), within(1e-4 * one.gradientNorm()));
            assertThat(other.referenceKl())
                    .isCloseTo(one.referenceKl(), within(1e-4))
                    .isPositive();
        }
    }

    @Test
    void severalMiniBatchesMeasureTheRatioFromThePolicyBeforeTheFirst() {
        try (CausalLanguageModel policy = TestingModels.tiny();
                PolicyTrainer trainer =
                        new PolicyTrainer(policy, Optional.empty(), settings(GrpoLossSettings.STANDARD, 4, 200))) {
            PolicyMetrics metrics = trainer.update(sampled(policy, 1), 0.05);
            assertThat(metrics.optimizerSteps()).isEqualTo(4);
            assertThat(trainer.optimizer().steps()).isEqualTo(4);
            assertThat(metrics.clipLow() + metrics.clipHigh()).isPositive();
            assertThat(metrics.mismatchMax()).isLessThan(1e-4);
            assertThat(metrics.oldKl()).isNotZero();
        }
    }

    @Test
    void aRunIsReplayedBitForBitFromASavedModelAndOptimizer() throws IOException {
        String uninterrupted;
        List<List<PolicySequence>> batches = new ArrayList<>();
        try (CausalLanguageModel policy = TestingModels.tiny();
                PolicyTrainer trainer =
                        new PolicyTrainer(policy, Optional.empty(), settings(GrpoLossSettings.STANDARD, 2, 200))) {
            for (int step = 0; step < 6; step++) {
                batches.add(sampled(policy, step));
                if (step == 3) {
                    policy.weights().write(folder.resolve("model.safetensors"));
                    trainer.optimizer().save(folder.resolve("optimizer.safetensors"));
                }
                trainer.update(batches.get(step), RATE);
            }
            uninterrupted = policy.weights().checksum();
        }
        assertThat(replay(batches, 0, false)).isEqualTo(uninterrupted);
        assertThat(replay(batches, 3, true)).isEqualTo(uninterrupted);
        assertThat(replay(batches.reversed(), 0, false)).isNotEqualTo(uninterrupted);
    }

    private String replay(List<List<PolicySequence>> batches, int from, boolean restore) throws IOException {
        Path model = Files.createDirectories(folder.resolve("replay"));
        TestingModels.tokenizer(model, TestingModels.VOCABULARY).close();
        try (LanguageModel policy = LanguageModel.initialise(
                        TestingModels.tinyConfig(true), TestingModels.tokenizer(model, TestingModels.VOCABULARY), 7);
                PolicyTrainer trainer = new PolicyTrainer(
                        policy.network(), Optional.empty(), settings(GrpoLossSettings.STANDARD, 2, 200))) {
            if (restore) {
                policy.loadWeights(folder.resolve("model.safetensors"));
                trainer.optimizer().restore(folder.resolve("optimizer.safetensors"));
                assertThat(trainer.optimizer().steps()).isEqualTo(2L * from);
            }
            for (List<PolicySequence> batch : batches.subList(from, batches.size())) {
                trainer.update(batch, RATE);
            }
            return policy.checksum();
        }
    }

    @Test
    void aReferenceIsNeededForADivergenceTermOnly() {
        try (CausalLanguageModel policy = TestingModels.tiny()) {
            assertThatThrownBy(() -> new PolicyTrainer(
                            policy,
                            Optional.empty(),
                            settings(GrpoLossSettings.STANDARD.withKl(0.1, KlEstimator.K3), 1, 100)))
                    .hasMessageContaining("reference");
        }
    }

    @Test
    void anOptimizerStateOfAnotherModelIsRefused() throws IOException {
        Path file = folder.resolve("optimizer.safetensors");
        try (CausalLanguageModel policy = LanguageModel.initialiseNetwork(TestingModels.tinyConfig(true), 1);
                CausalLanguageModel other = LanguageModel.initialiseNetwork(TestingModels.tinyConfig(false), 1);
                AdamW state = new AdamW(policy.weights(), AdamWSettings.STANDARD);
                AdamW mine = new AdamW(other.weights(), AdamWSettings.STANDARD)) {
            state.save(file);
            assertThatThrownBy(() -> mine.restore(file))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("lm_head");
            other.weights().write(file);
            assertThatThrownBy(() -> mine.restore(file)).hasMessageContaining("no step count");
        }
    }

    static PolicySettings settings(GrpoLossSettings loss, int miniBatches, int tokenBudget) {
        return new PolicySettings(loss, AdamWSettings.STANDARD, 1, miniBatches, tokenBudget, false);
    }

    /** Completions of the policy; those that are longer than eight tokens are worse. */
    static List<PolicySequence> sampled(CausalLanguageModel policy, long step) {
        Sampler sampler = new Sampler(policy, TestingModels.SPECIAL, new SamplerLimits(16, 32, true));
        List<SampleRequest> requests = new ArrayList<>();
        for (int slot = 0; slot < 4; slot++) {
            requests.add(SampleRequest.group(TestingModels.randomTokens(4 + slot, slot), 6, 9, step, slot));
        }
        List<List<Completion>> groups = sampler.sample(requests, SamplingSettings.plain(12), () -> false)
                .groups();
        List<PolicySequence> sequences = new ArrayList<>();
        for (int slot = 0; slot < 4; slot++) {
            for (Completion c : groups.get(slot)) {
                double advantage = c.tokens().size() > 8 ? -1 : 1;
                sequences.add(new PolicySequence(requests.get(slot).prompt(), c.tokens(), c.logProbs(), advantage));
            }
        }
        return sequences;
    }

    private static double weightedLogProb(List<PolicySequence> sequences, List<TokenValues> logProbs) {
        double sum = 0;
        for (int i = 0; i < sequences.size(); i++) {
            for (int t = 0; t < logProbs.get(i).size(); t++) {
                sum += sequences.get(i).advantage() * logProbs.get(i).get(t);
            }
        }
        return sum;
    }
}
