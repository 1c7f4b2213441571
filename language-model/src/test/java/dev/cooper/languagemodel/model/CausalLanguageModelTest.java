package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.TestingModels.Variant;
import dev.cooper.languagemodel.config.ModelConfig;
import dev.cooper.languagemodel.model.Decoder.Continuation;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.PackedMatrix;
import dev.cooper.languagemodel.torch.Precision;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import dev.cooper.languagemodel.torch.Transfers;
import dev.cooper.languagemodel.training.AdamW;
import dev.cooper.languagemodel.training.AdamWSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CausalLanguageModelTest {
    static Stream<Arguments> variantsInEachForm() {
        return Arrays.stream(Variant.values())
                .flatMap(variant -> Arrays.stream(DecodingWeights.Form.values()).map(form -> arguments(variant, form)));
    }

    @ParameterizedTest
    @MethodSource("variantsInEachForm")
    void decodingWithACacheEqualsTheWholeForwardPass(Variant variant, DecodingWeights.Form form) {
        assumeTrue(
                form != DecodingWeights.Form.PACKED || PackedMatrix.available(Precision.FLOAT32),
                "libtorch has no packed products on this processor");
        TokenIds sequence = TestingModels.randomTokens(20, 3);
        int prompt = 9;
        try (CausalLanguageModel model = TestingModels.varied(variant, 7);
                GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager();
                Decoder decoder = new Decoder(
                        model, new DecodingWeights(model.config(), model.weights(), Precision.FLOAT32, form), 2, 32)) {
            float[] whole = scores(model, sequence, prompt);
            decoder.prefill(
                    TokenBatch.reading(List.of(TestingModels.randomTokens(12, 8), sequence.slice(0, prompt - 1))),
                    List.of(new Continuation(1, 1)));
            List<Float> decoded = new ArrayList<>();
            for (int position = prompt - 1; position < sequence.size() - 1; position++) {
                NDArray logits =
                        decoder.decode(scope, new long[] {0, sequence.get(position)}, new long[] {0, position}, 32);
                NDArray row = logits.get("1:2");
                NDArray target = scope.create(new long[] {sequence.get(position + 1)});
                decoded.add(Torch.tokenLogProbs(row, target, 1).logProbs().getFloat(0));
            }
            assertThat(decoded).hasSize(whole.length);
            for (int i = 0; i < whole.length; i++) {
                assertThat(decoded.get(i)).isCloseTo(whole[i], within(1e-4f));
            }
        }
    }

    @Test
    void sequencesBesideOthersDoNotSeeThem() {
        TokenIds sequence = TestingModels.randomTokens(8, 4);
        try (CausalLanguageModel model = TestingModels.tiny()) {
            float[] alone = scores(model, sequence, 3);
            TokenBatch batch = TokenBatch.scoring(List.of(
                    new ScoredSequence(TestingModels.randomTokens(30, 5), 1),
                    new ScoredSequence(TestingModels.randomTokens(8, 6), 8),
                    new ScoredSequence(sequence, 3)));
            TokenScores together = model.score(batch, 1);
            assertThat(together.size()).isEqualTo(29 + 0 + 5);
            for (int i = 0; i < alone.length; i++) {
                assertThat(together.logProb(29 + i)).isCloseTo(alone[i], within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 8388608", "true, 8388608", "false, 80", "true, 80"})
    void neitherCheckpointingNorPartsOfTheVocabularyChangeTheGradients(boolean checkpointing, int logitsAtOnce) {
        TokenBatch batch = TokenBatch.scoring(List.of(
                new ScoredSequence(TestingModels.randomTokens(9, 1), 2),
                new ScoredSequence(TestingModels.randomTokens(7, 2), 1)));
        ModelConfig config = TestingModels.tinyConfig(true);
        try (CausalLanguageModel plain = new CausalLanguageModel(config, Weights.initialise(config, 7));
                CausalLanguageModel other = new CausalLanguageModel(
                        config, Weights.initialise(config, 7), Precision.FLOAT32, logitsAtOnce)) {
            Map<String, float[]> expected = gradients(plain, batch, false);
            Map<String, float[]> found = gradients(other, batch, checkpointing);
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach(
                    (name, values) -> assertThat(found.get(name)).as(name).containsExactly(values, within(1e-5f)));
        }
    }

    @Test
    void aStepOfTheOptimiserIsSeenInTheVersionsOfTheWeightsAndReadingIsNot() {
        TokenBatch batch = TokenBatch.scoring(List.of(new ScoredSequence(TestingModels.randomTokens(9, 1), 2)));
        try (CausalLanguageModel model = TestingModels.tiny();
                AdamW optimizer = new AdamW(model.weights(), AdamWSettings.STANDARD);
                NDManager scope = TorchEngine.newManager()) {
            long[] before = model.weights().versions();
            try (GradientMode _ = GradientMode.recording()) {
                model.record(scope, batch, 1, false).backward(Transfers.send(scope, new float[] {1, 1, 1, 1, 1, 1, 1}));
            }
            model.score(batch, 1);
            assertThat(model.weights().versions()).isEqualTo(before);
            optimizer.step(0.01);
            long[] after = model.weights().versions();
            for (int i = 0; i < before.length; i++) {
                assertThat(after[i]).isGreaterThan(before[i]);
            }
        }
    }

    private static Map<String, float[]> gradients(CausalLanguageModel model, TokenBatch batch, boolean checkpointing) {
        model.weights().arrays().values().forEach(array -> array.setRequiresGradient(true));
        try (GradientMode _ = GradientMode.recording();
                NDManager scope = TorchEngine.newManager()) {
            Recorded<Torch.Scored> recorded = model.record(scope, batch, 1.3, checkpointing);
            float[] derivatives = new float[batch.targetCount()];
            for (int i = 0; i < derivatives.length; i++) {
                derivatives[i] = 1 - 0.3f * i;
            }
            recorded.backward(Transfers.send(scope, derivatives));
        }
        Map<String, float[]> gradients = new TreeMap<>();
        model.weights().arrays().forEach((name, array) -> {
            try (NDArray gradient = array.getGradient()) {
                gradients.put(name, gradient.toFloatArray());
            }
        });
        return gradients;
    }

    @Test
    void temperatureAndEntropyFollowTheirDefinitions() {
        try (GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            NDArray logits = scope.create(new float[] {1, 2, 4}).reshape(1, 3);
            Torch.Scored scored = Torch.tokenLogProbs(logits, scope.create(new long[] {2}), 2);
            double total = Math.exp(0.5) + Math.exp(1) + Math.exp(2);
            double entropy = 0;
            for (double x : new double[] {0.5, 1, 2}) {
                entropy -= Math.exp(x) / total * (x - Math.log(total));
            }
            assertThat((double) scored.logProbs().getFloat(0)).isCloseTo(2 - Math.log(total), within(1e-6));
            assertThat((double) scored.entropies().getFloat(0)).isCloseTo(entropy, within(1e-6));
        }
    }

    @Test
    void gradientsEqualFiniteDifferences() {
        TokenBatch batch = TokenBatch.scoring(List.of(
                new ScoredSequence(TestingModels.randomTokens(9, 1), 2),
                new ScoredSequence(TestingModels.randomTokens(7, 2), 1)));
        try (CausalLanguageModel model = LanguageModel.initialiseNetwork(TestingModels.tinyConfig(false), 7)) {
            model.weights().arrays().values().forEach(array -> array.setRequiresGradient(true));
            try (GradientMode _ = GradientMode.recording();
                    NDManager scope = TorchEngine.newManager()) {
                float[] ones = new float[batch.targetCount()];
                Arrays.fill(ones, 1);
                model.record(scope, batch, 1, false).backward(Transfers.send(scope, ones));
            }
            model.weights().arrays().forEach((name, array) -> {
                float[] gradient;
                try (NDArray g = array.getGradient()) {
                    gradient = g.toFloatArray();
                }
                int place = 0;
                for (int i = 0; i < gradient.length; i++) {
                    place = Math.abs(gradient[i]) > Math.abs(gradient[place]) ? i : place;
                }
                // A key's bias adds the same to all scores of a query but for rotation, so its gradient may be near
                // nothing.
                assertThat(gradient[place]).as(name).isNotZero();
                double step = 4e-3;
                double difference =
                        (sumWith(model, array, place, step, batch) - sumWith(model, array, place, -step, batch))
                                / (2 * step);
                assertThat(difference)
                        .as(name)
                        .isCloseTo(gradient[place], within(0.02 + 0.02 * Math.abs(gradient[place])));
            });
        }
    }

    @Test
    void aSequenceBeyondTheModelsPositionsIsRefused() {
        try (CausalLanguageModel model = TestingModels.tiny()) {
            assertThatThrownBy(() -> scores(model, TestingModels.randomTokens(80, 1), 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("79")
                    .hasMessageContaining("64");
        }
    }

    private static double sumWith(CausalLanguageModel model, NDArray array, int place, double step, TokenBatch batch) {
        try (GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            float[] values = array.toFloatArray();
            float before = values[place];
            values[place] = (float) (before + step);
            Torch.assign(array, scope.create(values, array.getShape()));
            double sum = model.score(batch, 1).logProbSum();
            values[place] = before;
            Torch.assign(array, scope.create(values, array.getShape()));
            return sum;
        }
    }

    private static float[] scores(CausalLanguageModel model, TokenIds sequence, int from) {
        TokenScores scores = model.score(TokenBatch.scoring(List.of(new ScoredSequence(sequence, from))), 1);
        float[] logProbs = new float[scores.size()];
        for (int i = 0; i < logProbs.length; i++) {
            logProbs[i] = scores.logProb(i);
        }
        return logProbs;
    }
}
