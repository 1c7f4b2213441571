package dev.cooper.languagemodel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel;
import dev.cooper.languagemodel.model.LanguageModel;
import dev.cooper.languagemodel.model.ScoredSequence;
import dev.cooper.languagemodel.reward.LabelledTokens;
import dev.cooper.languagemodel.reward.RewardModel;
import dev.cooper.languagemodel.reward.RewardTrainer;
import dev.cooper.languagemodel.reward.TokenPair;
import dev.cooper.languagemodel.sampling.Completion;
import dev.cooper.languagemodel.sampling.SampleRequest;
import dev.cooper.languagemodel.sampling.Sampler;
import dev.cooper.languagemodel.sampling.SamplerLimits;
import dev.cooper.languagemodel.sampling.SamplingSettings;
import dev.cooper.languagemodel.tokens.LogProbs;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.training.AdamWSettings;
import dev.cooper.languagemodel.training.GrpoLossSettings;
import dev.cooper.languagemodel.training.KlEstimator;
import dev.cooper.languagemodel.training.PolicySequence;
import dev.cooper.languagemodel.training.PolicySettings;
import dev.cooper.languagemodel.training.PolicyTrainer;
import dev.cooper.languagemodel.training.SupervisedTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often values are read back. That nothing is read but by {@link Transfers} is a rule of the architecture's tests.
 */
class TransfersTest {
    private static final int SEQUENCES = 6;
    private static final double RATE = 1e-3;

    @TempDir
    private Path folder;

    @Test
    void whatIsSentIsReadBack() {
        try (NDManager scope = TorchEngine.newManager()) {
            assertThat(Transfers.longs(Transfers.send(scope, new long[] {3, -1, Long.MAX_VALUE})))
                    .containsExactly(3, -1, Long.MAX_VALUE);
            assertThat(Transfers.doubles(Transfers.send(scope, new double[] {0.1, -2}, new Shape(2, 1))))
                    .containsExactly(0.1, -2);
            NDArray floats = Transfers.send(scope, new float[] {1, 2, 3, 4, 5, 6}, new Shape(3, 2));
            assertThat(Transfers.floats(floats)).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(Transfers.floats(floats, 1, 3)).containsExactly(2, 3, 4);
            assertThat(Transfers.floats(floats.transpose())).containsExactly(1, 3, 5, 2, 4, 6);
            assertThat(floats.getManager()).isSameAs(scope);
        }
    }

    @Test
    void aCopyIsIndependent() {
        try (NDManager scope = TorchEngine.newManager()) {
            NDArray one = Transfers.send(scope, new float[] {1, 2});
            NDArray other = Transfers.copy(scope, one);
            one.set(new float[] {7, 8});
            assertThat(Transfers.floats(other)).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 0, false", "1, 1, 0, false", "1, 0.9, 5, false", "1, 1, 0, true"})
    void aDecodingStepReadsBackOnce(double temperature, double topP, int topK, boolean deterministic) {
        try (CausalLanguageModel model = TestingModels.tiny()) {
            Sampler sampler = new Sampler(model, TestingModels.SPECIAL, new SamplerLimits(8, 48, deterministic));
            List<SampleRequest> requests = List.of(
                    SampleRequest.group(TestingModels.randomTokens(5, 1), 4, 3, 1, 0),
                    SampleRequest.group(TestingModels.randomTokens(9, 2), 4, 3, 1, 1));
            SamplingSettings settings = new SamplingSettings(temperature, topP, topK, 20);
            long before = Transfers.readBacks();
            int steps = sampler.sample(requests, settings, () -> false).groups().stream()
                    .flatMap(List::stream)
                    .map(Completion::tokens)
                    .mapToInt(TokenIds::size)
                    .max()
                    .orElseThrow();
            assertThat(steps).isGreaterThan(5);
            assertThat(Transfers.readBacks() - before).isEqualTo(steps);
        }
    }

    /** The gradient's norm of each optimiser step, all sums, and the log-probabilities of each other policy. */
    @ParameterizedTest
    @CsvSource({"1, 10000, 0, 2", "1, 1, 0, 2", "1, 20, 0.1, 3", "3, 20, 0, 5", "3, 1, 0.1, 6"})
    void aPolicyUpdateReadsBackAsOftenWhateverItsParts(
            int miniBatches, int tokenBudget, double klCoefficient, long expected) {
        PolicySettings settings = new PolicySettings(
                GrpoLossSettings.STANDARD.withKl(klCoefficient, KlEstimator.K3),
                AdamWSettings.STANDARD,
                1,
                miniBatches,
                tokenBudget,
                tokenBudget == 1);
        try (CausalLanguageModel model = TestingModels.tiny();
                CausalLanguageModel reference = TestingModels.tiny();
                PolicyTrainer trainer = new PolicyTrainer(model, Optional.of(reference), settings)) {
            List<PolicySequence> sequences = IntStream.range(0, SEQUENCES)
                    .mapToObj(i -> new PolicySequence(
                            TestingModels.randomTokens(3, i),
                            TestingModels.randomTokens(4, 10 + i),
                            LogProbs.of(-1, -2, -3, -1),
                            i % 2 == 0 ? 1 : -1))
                    .toList();
            long before = Transfers.readBacks();
            trainer.update(sequences, RATE);
            assertThat(Transfers.readBacks() - before).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"10000", "1"})
    void aSupervisedStepReadsBackLossAndNorm(int tokenBudget) {
        try (CausalLanguageModel model = TestingModels.tiny();
                SupervisedTrainer trainer = new SupervisedTrainer(model, AdamWSettings.STANDARD, tokenBudget)) {
            List<ScoredSequence> sequences = IntStream.range(0, SEQUENCES)
                    .mapToObj(i -> new ScoredSequence(TestingModels.randomTokens(4 + i, i), 1))
                    .toList();
            long before = Transfers.readBacks();
            trainer.step(sequences, RATE);
            assertThat(Transfers.readBacks() - before).isEqualTo(2);
        }
    }

    /** From pairs also the margins after the update. */
    @ParameterizedTest
    @CsvSource({"10000", "1"})
    void aRewardUpdateReadsBackSumsAndNorm(int tokenBudget) throws IOException {
        try (LanguageModel base = LanguageModel.initialise(
                        TestingModels.tinyConfig(true), TestingModels.tokenizer(folder, TestingModels.VOCABULARY), 1);
                RewardModel model = RewardModel.fromBase(base, 5);
                RewardTrainer trainer = new RewardTrainer(model, AdamWSettings.STANDARD, tokenBudget)) {
            List<TokenPair> pairs = IntStream.range(0, SEQUENCES)
                    .mapToObj(
                            i -> new TokenPair(TestingModels.randomTokens(4, i), TestingModels.randomTokens(5, 20 + i)))
                    .toList();
            long before = Transfers.readBacks();
            trainer.update(pairs, RATE);
            assertThat(Transfers.readBacks() - before).isEqualTo(3);
            trainer.fit(
                    pairs.stream()
                            .map(pair -> new LabelledTokens(pair.positive(), 1))
                            .toList(),
                    RATE);
            assertThat(Transfers.readBacks() - before).isEqualTo(5);
        }
    }
}
