package dev.cooper.languagemodel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cooper.languagemodel.TestingModels;
import dev.cooper.languagemodel.model.CausalLanguageModel.Continuation;
import dev.cooper.languagemodel.tokens.TokenIds;
import dev.cooper.languagemodel.torch.GradientMode;
import dev.cooper.languagemodel.torch.Torch;
import dev.cooper.languagemodel.torch.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausalLanguageModelTest {
    @Test
    void decodingWithACacheEqualsTheWholeForwardPass() {
        TokenIds sequence = TestingModels.randomTokens(20, 3);
        int prompt = 9;
        try (CausalLanguageModel model = TestingModels.tiny();
                GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager();
                KeyValueCache cache = model.newCache(2, 32)) {
            float[] whole = scores(model, scope, sequence, prompt);
            model.prefill(
                    TokenBatch.reading(List.of(TestingModels.randomTokens(12, 8), sequence.slice(0, prompt - 1))),
                    List.of(new Continuation(1, 1)),
                    cache);
            List<Float> decoded = new ArrayList<>();
            for (int position = prompt - 1; position < sequence.size() - 1; position++) {
                NDArray logits = model.decode(
                        scope, new long[] {0, sequence.get(position)}, new long[] {0, position}, cache, 32);
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
    void fillingBesideALongerSequenceChangesNothing() {
        TokenIds sequence = TestingModels.randomTokens(8, 4);
        try (CausalLanguageModel model = TestingModels.tiny();
                GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            float[] alone = scores(model, scope, sequence, 3);
            TokenBatch batch = TokenBatch.scoring(
                    List.of(new ScoredSequence(sequence, 3), new ScoredSequence(TestingModels.randomTokens(30, 5), 1)));
            float[] together = model.score(scope, batch, 1).logProbs().toFloatArray();
            assertThat(together).hasSize(5 + 29);
            for (int i = 0; i < alone.length; i++) {
                assertThat(together[i]).isCloseTo(alone[i], within(1e-4f));
            }
        }
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
                Torch.backward(model.score(scope, batch, 1).logProbs().sum());
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
        try (CausalLanguageModel model = TestingModels.tiny();
                GradientMode _ = GradientMode.off();
                NDManager scope = TorchEngine.newManager()) {
            assertThatThrownBy(() -> scores(model, scope, TestingModels.randomTokens(80, 1), 1))
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
            double sum = 0;
            for (float logProb : model.score(scope, batch, 1).logProbs().toFloatArray()) {
                sum += logProb;
            }
            values[place] = before;
            Torch.assign(array, scope.create(values, array.getShape()));
            return sum;
        }
    }

    private static float[] scores(CausalLanguageModel model, NDManager scope, TokenIds sequence, int from) {
        return model.score(scope, TokenBatch.scoring(List.of(new ScoredSequence(sequence, from))), 1)
                .logProbs()
                .toFloatArray();
    }
}
